using TomOrleans.Alerts;

namespace TomOrleans.Grains.Alerts.Lanes;

/// <summary>
/// Lets go of handlers that do not answer when the silo stops. Orleans waits for the requests of a grain before it ends the grain, so that one hanging handler would use up the
/// time of the whole stop, leaving the cluster included. Its cursor has not moved: the batch is offered again after the next start.
/// </summary>
public sealed class HandlerStopFilter(TimeProvider time) : IIncomingGrainCallFilter, ILifecycleParticipant<ISiloLifecycle>
{
    /// <summary>How long they may take once the silo has begun to stop, the consumers being stopped already.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Invoke(IIncomingGrainCallContext context) => context.Grain is IAlertHandler ? AnswerAsync(context.Invoke()) : context.Invoke();

    /// <summary>Stages stop from the last one on: this one just before the one that ends the grains.</summary>
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(HandlerStopFilter), ServiceLifecycleStage.Active, cancellation => Task.CompletedTask, BeginStopAsync);

    private Task BeginStopAsync(CancellationToken cancellation)
    {
        _ = EndGraceAsync();
        return Task.CompletedTask;
    }

    private async Task AnswerAsync(Task answer)
    {
        if (answer != await Task.WhenAny(answer, _over.Task))
        {
            throw new OperationCanceledException("The silo stops, and the handler has not answered.");
        }

        await answer;
    }

    private async Task EndGraceAsync()
    {
        await Task.Delay(Grace, time);
        _over.TrySetResult();
    }
}
