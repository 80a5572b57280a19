using TomOrleans.Integration.Tests.Faults;

namespace TomOrleans.Integration.Tests.Hosts;

/// <summary>Messages for every partition of every topic, steadily, until it is stopped.</summary>
public sealed class NightLoad : IAsyncDisposable
{
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(100);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _sends = [];
    private readonly Ledger _ledger;
    private readonly double _perRound;
    private readonly Task _producing;

    /// <param name="hosts">Theirs.</param>
    /// <param name="rate">Messages a second.</param>
    public NightLoad(NamespacedHosts hosts, int rate)
    {
        (_ledger, _perRound) = (hosts.Ledger, rate * Round.TotalSeconds);
        _producing = ProduceAsync();
    }

    /// <summary>Returns when the broker has acknowledged them all.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _producing;
        await Task.WhenAll(_sends);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task ProduceAsync()
    {
        using var timer = new PeriodicTimer(Round);
        var (due, sent) = (0.0, 0);
        try
        {
            do
            {
                for (due += _perRound; sent < due; sent++)
                {
                    _sends.Add(_ledger.ProduceAsync(NamespacedHosts.Topics[sent % NamespacedHosts.Topics.Length], 1, partition: sent / NamespacedHosts.Topics.Length % NamespacedHosts.Partitions));
                }
            }
            while (await timer.WaitForNextTickAsync(_stop.Token));
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }
}
