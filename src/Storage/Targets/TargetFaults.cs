namespace TomOrleans.Storage.Targets;

/// <summary>Another target has the name, as its name or an alias.</summary>
public sealed class NameTakenException(string name, long holderId, string holder)
    : StorageException($"The name '{name}' is {(name == holder ? "taken already" : $"a name of {holder} already")}.")
{
    public string Name { get; } = name;
    public long HolderId { get; } = holderId;
    public string Holder { get; } = holder;
}

/// <summary>The target was changed since it was read.</summary>
public sealed class TargetChangedException(string name, string by)
    : StorageException($"{name} was changed by {by} meanwhile. Look at it again, and repeat what is still to be changed.");

/// <summary>What was asked for cannot be done as things stand; the message says what stands in the way.</summary>
public sealed class TargetConflictException(string message) : StorageException(message);
