using System.Collections.Immutable;
using System.Threading.Channels;
using TomOrleans.Alerts;

namespace TomOrleans.Grains.Tests.Alerts.Lanes;

/// <summary>A handler whose every call the test answers, in its own time; or that answers at once.</summary>
internal sealed class ScriptedHandler(bool answersAtOnce = false) : IAlertHandler
{
    private readonly Channel<Call> _calls = Channel.CreateUnbounded<Call>();

    public List<long> Seen { get; } = [];

    public Task<HandlerOutcome> HandleAsync(AlertBatch batch)
    {
        if (answersAtOnce)
        {
            Seen.AddRange(batch.Alerts.Select(alert => alert.Location.Offset));
            return Task.FromResult(AllHandled(batch));
        }

        var call = new Call(this, batch);
        _calls.Writer.TryWrite(call);
        return call.Answer.Task;
    }

    /// <summary>The next call that it was given; waits for it.</summary>
    public async Task<Call> CallAsync() => await _calls.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public bool HasCall => _calls.Reader.TryPeek(out _);

    private static HandlerOutcome AllHandled(AlertBatch batch) => new([.. Enumerable.Repeat(Verdict.Handled, batch.Alerts.Length)]);

    internal sealed class Call(ScriptedHandler handler, AlertBatch batch)
    {
        public TaskCompletionSource<HandlerOutcome> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ImmutableArray<long> Offsets => [.. batch.Alerts.Select(alert => alert.Location.Offset)];

        public void Handle()
        {
            handler.Seen.AddRange(Offsets);
            Answer.SetResult(AllHandled(batch));
        }

        public void Fail(string reason) => Answer.SetException(new TomException(TomFault.Unavailable, reason));
    }
}
