using Microsoft.Extensions.Logging;

namespace TomOrleans.Storage.Writing;

public sealed partial class GroupCommitWriter
{
    [LoggerMessage(LogLevel.Error, "Storage failed on attempt {Attempt}; the callers of {Items} writes are told to repeat them")]
    private partial void LogGroupFailed(Exception exception, int items, int attempt);

    [LoggerMessage(LogLevel.Debug, "One of {Items} writes has a fault of its own; the group is split")]
    private partial void LogGroupSplit(Exception exception, int items);
}
