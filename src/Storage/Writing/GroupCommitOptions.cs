namespace TomOrleans.Storage.Writing;

public sealed class GroupCommitOptions
{
    /// <summary>Items that wait before callers wait to queue theirs. Default 4,096.</summary>
    public int QueueCapacity { get; init; } = 4096;

    /// <summary>Items of one transaction. Default 2,000.</summary>
    public int MaxItems { get; init; } = 2000;

    /// <summary>Rows after which a transaction takes no further item. Default 20,000.</summary>
    public int MaxRows { get; init; } = 20_000;

    /// <summary>Pauses before a group is tried again after a fault of ours; when they are used up its callers are told. Default 20 ms, 100 ms, 500 ms.</summary>
    public IReadOnlyList<TimeSpan> RetryPauses { get; init; } = [TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(500)];
}
