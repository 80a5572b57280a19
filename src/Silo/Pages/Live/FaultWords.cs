namespace TomOrleans.Silo.Pages.Live;

/// <summary>What a page says when a grain call fails. Unexpected faults are logged here and shown without their inner workings.</summary>
public sealed partial class FaultWords(ILogger<FaultWords> logger)
{
    public string For(Exception fault)
    {
        switch (fault)
        {
            case TomException refusal:
                return refusal.Message;
            case TimeoutException:
                return "The TOM did not answer in time. Trying again.";
            case OrleansException or ObjectDisposedException or InvalidOperationException { Source: "Orleans.Core" or "Orleans.Runtime" }:
                LogUnavailable(fault);
                return "The TOM is starting or stopping. Trying again.";
            default:
                LogUnexpected(fault);
                return $"Something failed inside the TOM ({fault.GetType().Name}); its log has the details. Trying again.";
        }
    }

    [LoggerMessage(LogLevel.Debug, "A page could not reach a grain; it will ask again")]
    private partial void LogUnavailable(Exception fault);

    [LoggerMessage(LogLevel.Warning, "A grain call of a page failed; the page shows a message and asks again")]
    private partial void LogUnexpected(Exception fault);
}
