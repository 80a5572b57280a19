namespace TomOrleans.Grains.Alerts;

/// <summary>A topic as a person names it, with or without its stream.</summary>
public static class TopicChoice
{
    /// <summary>Both null for all topics. Throws <see cref="TomFault.Invalid"/> for a name that not even a database takes.</summary>
    public static (string? Stream, string? Topic) Of(string? name) => name?.Split('/') switch
    {
        null => (null, null),
        _ when name.Contains('\0', StringComparison.Ordinal) => throw new TomException(TomFault.Invalid, "A topic's name has no NUL in it."),
        [var only] => (null, only),
        [var id, .. var rest] => (id, string.Join('/', rest)),
        _ => (null, null),
    };
}
