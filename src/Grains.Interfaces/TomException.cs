namespace TomOrleans;

/// <summary>Why a request was not carried out. Decides the exit code of the console and the status of HTTP answers.</summary>
public enum TomFault
{
    /// <summary>The thing named does not exist.</summary>
    NotFound,

    /// <summary>The name fits more than one thing; the message lists them.</summary>
    Ambiguous,

    /// <summary>The request itself is wrong; repeating it changes nothing.</summary>
    Invalid,

    /// <summary>No valid token came with the call.</summary>
    Unauthenticated,

    /// <summary>The token's role does not allow this.</summary>
    Forbidden,

    /// <summary>Something we depend on does not answer; repeating later is safe.</summary>
    Unavailable,

    /// <summary>The thing is not in a state in which this can be done.</summary>
    Conflict,

    /// <summary>The thing was merged into another or removed since its name was looked up: look it up again.</summary>
    Gone,
}

/// <summary>
/// An expected refusal that crosses a grain call. <see cref="Exception.Message"/> is one line for a person: what is wrong, where, and what to do.
/// It never holds a secret.
/// </summary>
[GenerateSerializer, Alias("tom.exception")]
public sealed class TomException : Exception
{
    public TomException(TomFault fault, string message) : base(message) => Fault = fault;

    public TomException(TomFault fault, string message, Exception inner) : base(message, inner) => Fault = fault;

    [Id(0)]
    public TomFault Fault { get; }
}
