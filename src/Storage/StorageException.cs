namespace TomOrleans.Storage;

/// <summary>Storage refused something: the message is one line for a person and holds no secret. Repeating changes nothing until the cause is mended.</summary>
public class StorageException : Exception
{
    public StorageException(string message) : base(message) { }

    public StorageException(string message, Exception? inner) : base(message, inner) { }
}

/// <summary>
/// The database or its disk did not do its work: server away, disk full, locked for too long. Nobody's data is at fault; repeat later.
/// Whether a write was done is unknown: what was cached of it must be read again.
/// </summary>
public sealed class StorageUnavailableException(string message, Exception? inner = null) : StorageException(message, inner);

/// <summary>The call is about a target that does not exist.</summary>
public sealed class UnknownTargetException(long targetId) : StorageException($"There is no target {targetId}.")
{
    public long TargetId { get; } = targetId;
}
