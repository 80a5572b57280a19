using Microsoft.Extensions.Logging;
using TomOrleans.Sharing;

namespace TomOrleans.Grains.Sharing;

internal sealed partial class OutboxSender
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Submission {Submission} of share {Share} to {Destination} is {State}: {Outcome}")]
    private partial void LogOutcome(Guid submission, long share, string destination, ShareState state, string? outcome);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Share {Share} to {Destination} cannot be sent: {Reason}")]
    private partial void LogNotBuilt(long share, string destination, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Share {Share} to {Destination} could not be built; next try in {Pause}")]
    private partial void LogBuildFailed(Exception fault, long share, string destination, TimeSpan pause);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Share {Share} to {Destination} goes without {Reason}")]
    private partial void LogLeftOut(long share, string destination, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Submission {Submission} to {Destination} is {State} ({Outcome}), which the database does not take yet; trying again")]
    private partial void LogNotNoted(Exception fault, Guid submission, string destination, ShareState state, string? outcome);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Destination} does not answer after {Failures} failures; nothing is sent to it: {Reason}")]
    private partial void LogStillAway(string destination, int failures, string reason);
}
