using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using TomOrleans.Streams.Kafka.Sessions;
using TomOrleans.Streams.Kafka.Supervision;

namespace TomOrleans.Streams.Kafka;

/// <summary>
/// Reads a stream's topics as a member of its consumer group and delivers them to a sink, each message at least once and in order within its partition, from where the sink's own
/// cursors say. Absent brokers, refusals and faults of the sink are waited out visibly, never guessed around. Start once, stop once.
/// </summary>
public sealed class StreamConsumer : IAsyncDisposable
{
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan DisposeLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(1);
    private readonly StreamContext _context;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Dictionary<string, string> _properties = [];
    private Task _reporting = Task.CompletedTask;
    private volatile StreamSession? _session;
    private int _phase;

    /// <exception cref="ArgumentException">A topic name or pattern that no topic can have.</exception>
    public StreamConsumer(StreamSettings settings, IStreamSink sink, ILogger logger, TimeProvider time) =>
        _context = new StreamContext(settings, sink, logger, time, _stop.Token);

    /// <summary>Bytes of records read that have no fate yet, all partitions together.</summary>
    public long BufferedBytes => _context.Budget.Used;

    /// <summary>How it is, as it is reported to the sink: <c>connected</c>, or what it waits for.</summary>
    public string State => _context.State;

    /// <summary>Returns when the settings are accepted; the broker is waited for in the background.</summary>
    /// <exception cref="StreamConfigurationException">librdkafka refuses a property; it is named.</exception>
    public Task StartAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (Interlocked.CompareExchange(ref _phase, 1, 0) != 0)
        {
            throw new InvalidOperationException($"stream {_context.Settings.Id} was started before");
        }

        StreamSession first;
        try
        {
            _properties = ClientProperties.Of(_context.Settings, _context.Patterns, out var ignored);
            foreach (var property in ignored)
            {
                _context.Log.PropertyIgnored(_context.Settings.Id, property);
            }

            first = new StreamSession(_context, _properties);
        }
        catch
        {
            _ended.TrySetResult();
            throw;
        }

        _reporting = Task.Run(() => new StreamReporter(_context).RunAsync(_stop.Token), CancellationToken.None);
        new Thread(() => Run(first)) { IsBackground = true, Name = $"kafka {_context.Settings.Id}" }.Start();
        return Task.CompletedTask;
    }

    /// <summary>
    /// Stops fetching, lets the batches in flight finish, releases the partitions and leaves the group. When <paramref name="ct"/> is cancelled deliveries are cancelled too, and it
    /// returns at most three seconds later, whatever hangs.
    /// </summary>
    public async Task StopAsync(CancellationToken ct)
    {
        if (Interlocked.Exchange(ref _phase, 2) == 0)
        {
            _ended.TrySetResult();
        }

        await _stop.CancelAsync();
        await using (ct.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), _context.Hurry))
        {
            await _ended.Task.WaitAsync(ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.WhenAny(_ended.Task, Task.Delay(CloseLimit, _context.Time, CancellationToken.None));
        }

        if (!_ended.Task.IsCompleted)
        {
            _context.Log.StopOverdue(_context.Settings.Id);
        }
    }

    /// <summary>The partition's cursor was moved: what is read and not delivered is dropped, and the partition claimed again, also where it is held or its claim is under way. Nothing happens where it is not ours.</summary>
    public void Reclaim(PartitionRef partition) => _context.Post(new SessionEvent.Reclaim(partition));

    /// <summary>What was in the way of claims and deliveries is gone, such as a database that was away: those that wait for their next try make it now. Safe to repeat.</summary>
    public void RetryNow() => _context.Retry.Raise();

    /// <summary>
    /// Asks the broker where that is now; a time means the first message not before it, and the end where there is none. Partitions the broker does not answer for are left out.
    /// </summary>
    /// <exception cref="StreamUnavailableException">Not connected, or not one partition was answered for.</exception>
    public Task<IReadOnlyDictionary<PartitionRef, long>> ResolveAsync(StartPosition position, IReadOnlyCollection<PartitionRef> partitions, CancellationToken ct) =>
        _session is { } session
            ? session.ResolveAsync(position, partitions, ct)
            : Task.FromException<IReadOnlyDictionary<PartitionRef, long>>(
                new StreamUnavailableException($"{_context.Settings.Id} is not connected ({_context.Board.State})"));

    /// <summary>Does something to librdkafka's consumer behind our back.</summary>
    internal void Meddle(Action<IConsumer<byte[], byte[]>> action) => _context.Post(new SessionEvent.Meddle(action));

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(DisposeLimit, _context.Time);
        await StopAsync(limit.Token);
    }

    private void Run(StreamSession first)
    {
        var unreachable = BackoffSchedule.ForUnreachable();
        var refused = BackoffSchedule.ForRefused();
        StreamSession? session = first;
        while (!_stop.IsCancellationRequested)
        {
            _session = session;
            var fault = session is null ? Open(out session) : session.Run(_stop.Token);
            if (fault is null && !_stop.IsCancellationRequested)
            {
                continue;
            }

            if (session is { Connected: var connected } && connected > Settled)
            {
                unreachable.Reset();
                refused.Reset();
            }

            var wait = TimeSpan.Zero;
            if (fault is not null)
            {
                fault = Explain(fault);
                wait = fault.Kind == FaultKind.Refused ? refused.Next() : unreachable.Next();
                _context.Board.State = $"{(fault.Kind == FaultKind.Refused ? "refused" : "waiting")}: {fault.Reason}";
                _context.Log.SessionEnded(_context.Settings.Id, fault.Reason, wait.TotalSeconds);
            }

            _session = null;
            session?.Close(_stop.IsCancellationRequested ? Timeout.InfiniteTimeSpan : _context.Settings.RevokePatience);
            session = null;
            _stop.Token.WaitHandle.WaitOne(wait);
        }

        _session = null;
        session?.Close(Timeout.InfiniteTimeSpan);
        _context.Board.State = StreamBoard.Stopped;
        Finish().GetAwaiter().GetResult();
    }

    private KafkaFault Explain(KafkaFault fault) =>
        fault.IsOfCertificate && CertificateQuestion.AskAsync(_context.Settings.Client, _stop.Token).GetAwaiter().GetResult() is { } reason
            ? fault with { Reason = reason }
            : fault;

    /// <summary>What was accepted at the start can be refused later, for example when a certificate file went away.</summary>
    private KafkaFault? Open(out StreamSession? session)
    {
        try
        {
            session = new StreamSession(_context, _properties);
            return null;
        }
        catch (StreamConfigurationException e)
        {
            session = null;
            return new KafkaFault(FaultKind.Refused, e.Message);
        }
    }

    private async Task Finish()
    {
        await _reporting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await new StreamReporter(_context).ReportAsync();
        _ended.TrySetResult();
    }
}
