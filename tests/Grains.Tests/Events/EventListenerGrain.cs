using Orleans.Concurrency;
using Orleans.Streams;
using TomOrleans.Events;

namespace TomOrleans.Grains.Tests.Events;

/// <summary>Somebody's own grain that subscribes by itself.</summary>
[Alias("test.event-listener")]
internal interface IEventListenerGrain : IGrainWithStringKey
{
    [Alias("subscribe")]
    Task SubscribeAsync();

    /// <summary>Waits until it has heard of so many.</summary>
    [Alias("heard"), AlwaysInterleave]
    Task HeardAsync(int events);
}

internal sealed class EventListenerGrain : Grain, IEventListenerGrain, IAsyncObserver<TomEvent>
{
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _heard;

    public Task SubscribeAsync() => this.GetStreamProvider(TomEvents.Provider).GetTomEvents().SubscribeAsync(this);

    public async Task HeardAsync(int events)
    {
        while (_heard < events)
        {
            await _more.Task;
        }
    }

    public Task OnNextAsync(TomEvent item, StreamSequenceToken? token = null)
    {
        _heard++;
        _more.TrySetResult();
        _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return Task.CompletedTask;
    }

    public Task OnErrorAsync(Exception ex) => Task.CompletedTask;
}
