using Microsoft.Extensions.Hosting;
using Orleans.Concurrency;
using Orleans.Streams;
using Orleans.Streams.Core;
using TomOrleans.Events;

namespace TomOrleans.Grains.Events;

/// <summary>Hears the stream by implicit subscription, so that it needs no list of subscribers that could be lost. Reentrant, as those who wait must not keep the events out.</summary>
[GrainType("event-feed"), ImplicitStreamSubscription(TomEvents.Namespace), Reentrant]
public sealed class EventFeedGrain(IHostApplicationLifetime lifetime, TimeProvider time) : Grain, IEventFeedGrain, IStreamSubscriptionObserver, IAsyncObserver<TomEvent>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly EventRing _ring = new(Guid.NewGuid());
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task<EventPage> NextAsync(EventCursor? since)
    {
        if (since is not { } cursor)
        {
            return new([], _ring.End, IsGap: false);
        }

        if (!_ring.HasAfter(cursor))
        {
            await MoreAsync();
        }

        return _ring.After(cursor);
    }

    private async Task MoreAsync()
    {
        try
        {
            // A silo that stops waits for the calls under way.
            await _more.Task.WaitAsync(Patience, time, lifetime.ApplicationStopping);
        }
        catch (TimeoutException)
        {
        }
        catch (OperationCanceledException)
        {
            throw new TomException(TomFault.Unavailable, "This silo stops; in a moment another one has the events.");
        }
    }

    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) => handleFactory.Create<TomEvent>().ResumeAsync(this);

    public Task OnNextAsync(TomEvent item, StreamSequenceToken? token = null)
    {
        _ring.Add(item);
        _more.TrySetResult();
        _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return Task.CompletedTask;
    }

    /// <summary>The stream lost some: they are hints.</summary>
    public Task OnErrorAsync(Exception ex) => Task.CompletedTask;
}
