namespace TomOrleans.Grains.Sharing;

/// <summary>A submission that was sent and of which nobody knows whether it arrived.</summary>
/// <param name="Key">The key inside what was sent.</param>
/// <param name="Topic">Where it went; null where the destination has no topics.</param>
/// <param name="FirstSent">When it was sent first.</param>
/// <param name="LastSent">When it was sent last.</param>
/// <param name="Body">What was sent.</param>
public sealed record SubmissionInDoubt(Guid Key, string? Topic, DateTimeOffset FirstSent, DateTimeOffset LastSent, ReadOnlyMemory<byte> Body)
{
    /// <summary>The names under which the destination publishes, or once published, for our account; empty while none is known.</summary>
    public IReadOnlyCollection<string> Senders { get; init; } = [];
}

/// <summary>Whose a message is that carries a key of ours. Anybody who reads one can write a copy of it.</summary>
internal static class OwnSender
{
    /// <summary>Whether a message may be ours by its authenticated sender. While no name of ours is known the key must do.</summary>
    public static bool Is(IReadOnlyCollection<string> ours, string? sender) => ours.Count == 0 || (sender is not null && ours.Contains(sender));
}

/// <summary>What is known of a submission in doubt after it was looked for.</summary>
public abstract record LookUp
{
    private LookUp()
    {
    }

    /// <summary>It arrived.</summary>
    /// <param name="Receipt">The proof.</param>
    public sealed record Found(string Receipt) : LookUp;

    /// <summary>It is certain that it did not arrive and will not: it may be sent again.</summary>
    /// <param name="Reason">How that is known, for a person.</param>
    public sealed record Absent(string Reason) : LookUp;

    /// <summary>A message with its key is there, under a name that is not known to be ours: it is ours if that is a name of our account, else a copy of it, as nobody else knew the key before.</summary>
    /// <param name="Sender">Who published it.</param>
    /// <param name="Reason">For a person.</param>
    public sealed record OfOthers(string? Sender, string Reason) : LookUp;

    /// <summary>Not known yet; to be asked again then.</summary>
    /// <param name="Reason">For a person.</param>
    /// <param name="Pause">How long to wait before it is looked for again.</param>
    public sealed record NotYet(string Reason, TimeSpan Pause) : LookUp;

    /// <summary>Nobody will ever be able to say: a person must.</summary>
    /// <param name="Reason">For a person.</param>
    public sealed record Never(string Reason) : LookUp;
}
