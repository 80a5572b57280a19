using System.Collections.Immutable;
using Microsoft.Extensions.Time.Testing;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Latency;

namespace TomOrleans.Grains.Tests.Alerts.Latency;

public sealed class LatencyWindowsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly LatencyWindows _windows;

    public LatencyWindowsTests() => _windows = new(_time);

    [Fact]
    public void Half_and_99_of_100_messages_took_no_longer()
    {
        _windows.Add([.. Enumerable.Range(1, 1000).Select(milliseconds => Alert(TimeSpan.FromMilliseconds(milliseconds)))]);

        var latency = LatencyQuantiles.Of(_windows.Read())!;
        Assert.InRange(latency.P50, 500 * 0.968, 500 * 1.032);
        Assert.InRange(latency.P99, 990 * 0.968, 990 * 1.032);
    }

    [Fact]
    public void A_message_of_years_ago_counts_with_its_age()
    {
        Assert.Equal(365 * 86_400_000_000L, _windows.Add([Alert(TimeSpan.FromDays(365))]));
        Assert.InRange(LatencyQuantiles.Of(_windows.Read())!.P50, 365 * 86_400_000d * 0.968, 365 * 86_400_000d * 1.032);
    }

    [Fact]
    public void Records_without_a_time_and_from_the_future_do_not_count()
    {
        Assert.Equal(-1, _windows.Add([Alert(TimeSpan.FromSeconds(-1)), Alert(TimeSpan.Zero) with { TimestampMicroseconds = 0 }]));
        Assert.Null(LatencyQuantiles.Of(_windows.Read()));
    }

    [Fact]
    public void What_was_counted_is_forgotten_after_half_to_a_whole_minute()
    {
        _time.Advance(TimeSpan.FromSeconds(29));
        _windows.Add([Alert(TimeSpan.FromSeconds(1))]);
        _time.Advance(TimeSpan.FromSeconds(30));
        _windows.Add([Alert(TimeSpan.FromSeconds(2))]);
        Assert.Equal(2, _windows.Read().Sum(count => count.Messages));

        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.InRange(Assert.Single(_windows.Read()).Microseconds, 1_900_000, 2_100_000);

        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Empty(_windows.Read());
    }

    [Fact]
    public void Counting_allocates_nothing()
    {
        ImmutableArray<Alert> batch = [.. Enumerable.Repeat(Alert(TimeSpan.FromSeconds(1)), 1000)];
        _windows.Add(batch);

        var before = GC.GetAllocatedBytesForCurrentThread();
        _windows.Add(batch);
        _windows.Add(batch);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100);
    }

    private Alert Alert(TimeSpan age) => new()
    {
        Location = new("survey", "alerts", 0, 0),
        TimestampMicroseconds = (_time.GetUtcNow() - age - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond,
        Format = AlertFormat.Bytes,
        Headers = [],
        Value = default,
    };
}
