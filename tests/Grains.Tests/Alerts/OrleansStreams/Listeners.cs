using System.Collections.Concurrent;
using Orleans.Streams;
using Orleans.Streams.Core;
using TomOrleans.Alerts;

namespace TomOrleans.Grains.Tests.Alerts.OrleansStreams;

/// <summary>What the implicit subscriber got, by partition; one for the process, as the streams of one test have a namespace of their own.</summary>
internal static class Heard
{
    public static ConcurrentDictionary<string, ConcurrentQueue<Alert>> ByKey { get; } = new();
}

/// <summary>Subscribed by its attribute alone; one a partition.</summary>
[GrainType("test-alert-listener"), ImplicitStreamSubscription(Namespace)]
public sealed class AlertListenerGrain : Grain, IGrainWithStringKey, IStreamSubscriptionObserver, IAsyncObserver<Alert>
{
    public const string Namespace = "implicit.alerts";

    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) => handleFactory.Create<Alert>().ResumeAsync(this);

    public Task OnNextAsync(Alert item, StreamSequenceToken? token = null)
    {
        Heard.ByKey.GetOrAdd(this.GetPrimaryKeyString(), _ => new()).Enqueue(item);
        return Task.CompletedTask;
    }

    public Task OnErrorAsync(Exception ex) => Task.CompletedTask;
}
