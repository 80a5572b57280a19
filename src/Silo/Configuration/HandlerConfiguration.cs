using System.Collections.Immutable;

namespace TomOrleans.Silo.Configuration;

public enum HandlerKind
{
    /// <summary>Stores the photometry of Hermes messages.</summary>
    Hermes,

    /// <summary>Writes each message to the log.</summary>
    Log,

    /// <summary>Watches a topic that has a message each second.</summary>
    Heartbeat,

    /// <summary>Keeps GCN's circulars as events.</summary>
    GcnCircular,

    /// <summary>Keeps GCN's notices as events.</summary>
    GcnNotice,

    /// <summary>Keeps messages in the log; stands before all other handlers of its topic.</summary>
    Archive,

    /// <summary>POSTs messages to a URL.</summary>
    Webhook,

    /// <summary>Hands messages to an Orleans stream.</summary>
    Stream,

    /// <summary>Of a plug-in, or of the program itself where that is not ours.</summary>
    Own,
}

public enum CreateTargets
{
    /// <summary>Photometry of objects that are no targets is ignored.</summary>
    Never,

    /// <summary>An object that is no target yet becomes one.</summary>
    Always,
}

/// <summary>One handler of a topic.</summary>
/// <param name="Id">Keys cursor and books of the handler in its topic.</param>
/// <param name="Name"><c>hermes</c>, <c>log</c>, <c>heartbeat</c> ..., also where the file names it by the Toolkit's path; or the name of one's own.</param>
/// <param name="Kind">The same as <paramref name="Name"/>, as far as we know it.</param>
/// <param name="Options">Its own, or those of the stream, or the defaults.</param>
public sealed record HandlerConfiguration(string Id, string Name, HandlerKind Kind, HandlerOptions Options);

/// <param name="CreateTargets">For the hermes handler only.</param>
/// <param name="IgnoreTest">Messages marked as tests are not handled.</param>
/// <param name="Timeout">A handler that has not answered for so long is detached from live reading.</param>
public sealed record HandlerOptions(CreateTargets CreateTargets, bool IgnoreTest, TimeSpan Timeout)
{
    public static HandlerOptions Default { get; } = new(CreateTargets.Never, true, TimeSpan.FromSeconds(60));

    /// <summary>For the archive handler only: how long messages are kept; zero where they are not.</summary>
    public TimeSpan Archive { get; init; }

    /// <summary>For the archive handler only: the topic's own entry names it.</summary>
    public bool IsArchiveAsked { get; init; }

    /// <summary>For the heartbeat handler only.</summary>
    public HeartbeatOptions? Heartbeat { get; init; }

    /// <summary>For webhook, stream and handlers of one's own only: all other keys of the object, as text.</summary>
    public ImmutableDictionary<string, string> Own { get; init; } = ImmutableDictionary<string, string>.Empty;
}

/// <summary>After how long a silence something is done.</summary>
/// <param name="SilentAfter">The topic and its stream are shown as silent.</param>
/// <param name="ReconnectAfter">The stream connects anew.</param>
/// <param name="FailingAfter">They are shown as failing.</param>
public sealed record HeartbeatOptions(TimeSpan SilentAfter, TimeSpan ReconnectAfter, TimeSpan FailingAfter)
{
    public static HeartbeatOptions Default { get; } = new(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(300));
}
