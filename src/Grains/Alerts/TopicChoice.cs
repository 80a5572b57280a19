namespace TomOrleans.Grains.Alerts;

/// <summary>A topic as a person names it, with or without its stream.</summary>
public static class TopicChoice
{
    /// <summary>Both null for all topics.</summary>
    public static (string? Stream, string? Topic) Of(string? name) => name?.Split('/') switch
    {
        null => (null, null),
        [var only] => (null, only),
        [var id, .. var rest] => (id, string.Join('/', rest)),
        _ => (null, null),
    };
}
