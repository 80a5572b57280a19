using Microsoft.Extensions.Logging;

namespace TomOrleans.Grains.Sharing;

public sealed partial class SharingGrain
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Share {Share} to {Destination} queued: {Points} points and {Spectra} spectra of {Target}")]
    private partial void LogQueued(long share, string destination, int points, int spectra, string target);

    [LoggerMessage(Level = LogLevel.Information, Message = "Submission {Submission} of share {Share} to {Destination} is delivered: message {MessageId} came back on its topic")]
    private partial void LogConfirmed(Guid submission, long share, string destination, Guid messageId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Stopping while {Destination} has not answered: what was sent stays without an outcome for now")]
    private partial void LogLeftBehind(string destination);

    [LoggerMessage(Level = LogLevel.Error, Message = "Sending to {Destination} stopped by a fault of ours; next try in {Pause}")]
    private partial void LogFault(Exception fault, string destination, TimeSpan pause);

    [LoggerMessage(Level = LogLevel.Information, Message = "Share {Share} to {Destination} is {Order} on the word of {Caller}")]
    private partial void LogOrdered(long share, string destination, string order, string caller);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Destination} was paused by {Caller}: nothing is sent to it")]
    private partial void LogPaused(string destination, string caller);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Destination} was resumed by {Caller}")]
    private partial void LogResumed(string destination, string caller);
}
