using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TomOrleans.Grains.Alerts;
using TomOrleans.Operations;
using TomOrleans.Storage;

namespace TomOrleans.Grains.Operations;

/// <summary>
/// Ends this silo when it alone has lost the database: it would hold its partitions and its share of the targets, and the others would wait for both. Asks the database each second on a connection of its
/// own; when that has not answered here for 10 s, it asks the other silos. While the database answers nobody all stay, wait, and go on by themselves. What it answers is the time, which keeps the
/// <see cref="DatabaseClock"/> right; and when it answers again, the streams that wait for it go on at once.
/// </summary>
public sealed partial class DatabaseWatch(
    TomDatabase database, LocalStreams streams, IGrainFactory grains, ISiloStatusOracle silos, IFatalErrorHandler fatal, TimeProvider time, ILogger<DatabaseWatch> log) : BackgroundService
{
    /// <summary>So often, a second apart, the streams are told that the database is back: the connections of the pool learn it one by one.</summary>
    private const int Calls = 5;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>What counts as answering, at another silo.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan PeerLimit = TimeSpan.FromSeconds(2);
    private long? _answeredAt;

    /// <summary>How long ago the database answered; null where it was never asked.</summary>
    public TimeSpan? Silence => _answeredAt is { } at ? time.GetElapsedTime(at) : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (database.Kind == SqlDialect.Sqlite)
        {
            return;
        }

        _answeredAt = time.GetTimestamp();
        using var timer = new PeriodicTimer(Period, time);
        var calls = 0;
        await using var pulse = new DatabasePulse(database, DatabaseClock.MachineOf(time));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (await pulse.ReadAsync(AnswerLimit) is { } reading)
            {
                _answeredAt = time.GetTimestamp();
                (time as DatabaseClock)?.Note(reading);
                if (calls > 0)
                {
                    calls--;
                    streams.RetryNow();
                }

                continue;
            }

            calls = Calls;
            if (Silence is { } silence && silence > Patience && await AnswersElsewhereAsync() is { } other)
            {
                fatal.OnFatalException(this, string.Create(
                    CultureInfo.InvariantCulture, $"the database {database.Name} has not answered here for {silence.TotalSeconds:0} s, and answers silo {other}, which goes on with the work"), null);
                return;
            }
        }
    }

    /// <summary>The name of a silo that has the database; null where none says so.</summary>
    private async Task<string?> AnswersElsewhereAsync()
    {
        var others = silos.GetApproximateSiloStatuses(onlyActive: true).Keys.Where(silo => !silo.Equals(silos.SiloAddress));
        var facts = await Task.WhenAll(others.Select(FactsAsync));
        return facts.FirstOrDefault(silo => silo?.DatabaseSilentMicroseconds is { } silent && TimeSpan.FromMicroseconds(silent) < Fresh)?.Name;
    }

    private async Task<SiloFacts?> FactsAsync(SiloAddress silo)
    {
        try
        {
            return await grains.Silo(silo).GetFactsAsync().WaitAsync(PeerLimit, time);
        }
        catch (Exception fault)
        {
            LogNotAsked(silo.Endpoint.ToString(), OneLine.Of(fault.Message));
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database does not answer, and the silo at {Silo} could not be asked whether it does there: {Reason}")]
    private partial void LogNotAsked(string silo, string reason);
}
