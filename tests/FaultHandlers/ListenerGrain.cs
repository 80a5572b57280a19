using Microsoft.Extensions.Logging;
using Orleans.Streams;
using Orleans.Streams.Core;
using TomOrleans.Alerts;

namespace TomOrleans.FaultHandlers;

/// <summary>Hears the topic <c>alerts</c> of whatever stream has the handler <c>stream</c> for it, and says so in the log.</summary>
[GrainType("fault-listener"), ImplicitStreamSubscription("alerts")]
public sealed partial class ListenerGrain(ILogger<ListenerGrain> log) : Grain, IGrainWithStringKey, IStreamSubscriptionObserver, IAsyncObserver<Alert>
{
    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) => handleFactory.Create<Alert>().ResumeAsync(this);

    public Task OnNextAsync(Alert item, StreamSequenceToken? token = null)
    {
        LogHeard(this.GetPrimaryKeyString(), item.Location.Offset);
        return Task.CompletedTask;
    }

    public Task OnErrorAsync(Exception ex) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Listener {Key} heard offset {Offset}")]
    private partial void LogHeard(string key, long offset);
}
