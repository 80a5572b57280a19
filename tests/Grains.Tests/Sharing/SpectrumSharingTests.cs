using System.Text.Json;
using TomOrleans.Sandbox.Hermes;
using TomOrleans.Sandbox.Publishing;
using TomOrleans.Sharing;
using TomOrleans.Targets;
using TomOrleans.Testing.PostgreSql;
using static TomOrleans.Grains.Tests.Sharing.SharingRequests;

namespace TomOrleans.Grains.Tests.Sharing;

public sealed class SqliteSpectrumSharingTests() : SpectrumSharingTests(null);

public sealed class PostgreSqlSpectrumSharingTests(PostgreSqlServer server) : SpectrumSharingTests(server);

/// <summary>Spectra on their way to Hermes, beside points and by themselves.</summary>
public abstract class SpectrumSharingTests(PostgreSqlServer? server) : IAsyncDisposable
{
    private readonly GatePublisher _published = new();
    private readonly List<IAsyncDisposable> _started = [];
    private StandInHermes _hermes = null!;

    public async ValueTask DisposeAsync()
    {
        foreach (var started in _started)
        {
            await started.DisposeAsync();
        }
    }

    [Fact]
    public async Task Spectra_go_with_the_points_once_and_what_was_stated_last_counts()
    {
        var cluster = await StartAsync();
        var target = await cluster.AddTargetAsync("AT2026abc", A.Point);
        await cluster.AddSpectraAsync(target, A.Spectrum, A.Spectrum with { Flux = [7, 8] });
        var sharing = cluster.Grains.Sharing("hermes");

        var preview = await sharing.PreviewAsync(Request("AT2026abc"));
        var queued = await sharing.ShareAsync(Request("AT2026abc"));
        Assert.Equal(ShareState.Delivered, await cluster.Outcomes.NextAsync("delivered"));
        var again = await Assert.ThrowsAsync<TomException>(() => sharing.ShareAsync(Request("AT2026abc")));

        Assert.Equal((1, 1, 1, 1), (preview.Points, preview.Spectra, queued.Points, queued.Spectra));
        var spectrum = Assert.Single(Spectra(Assert.Single(_published.Messages)));
        Assert.Equal([7, 8], spectrum.GetProperty("flux").EnumerateArray().Select(number => number.GetDouble()));
        Assert.Contains("1 point: delivered there before; 1 spectrum: delivered there before", again.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ShareData.Photometry, 1, 0)]
    [InlineData(ShareData.Spectra, 0, 1)]
    [InlineData(ShareData.All, 1, 1)]
    public async Task Who_asks_for_one_kind_gets_that(ShareData data, int points, int spectra)
    {
        var cluster = await StartAsync();
        await cluster.AddSpectraAsync(await cluster.AddTargetAsync("AT2026abc", A.Point), A.Spectrum);

        var preview = await cluster.Grains.Sharing("hermes").PreviewAsync(Request("AT2026abc") with { Data = data });

        Assert.Equal((points, spectra), (preview.Points, preview.Spectra));
        Assert.Equal(0, (await cluster.Grains.Sharing("hermes").PreviewAsync(Request("AT2026abc") with { Bands = ["g"] })).Spectra);
    }

    [Fact]
    public async Task A_new_spectrum_goes_out_by_a_standing_order_and_those_that_were_there_with_existing()
    {
        var cluster = await StartAsync();
        var target = await cluster.AddTargetAsync("AT2026abc");
        await cluster.AddSpectraAsync(target, A.Spectrum);
        var order = await cluster.Grains.ContinuousShares().AddAsync(new() { Target = "AT2026abc", Destination = "hermes", Topic = "hermes.test", Existing = true });
        Assert.Equal(ShareState.Delivered, await cluster.Outcomes.NextAsync("the one that was there"));

        await cluster.AddSpectraAsync(target, A.Spectrum, A.Spectrum with { Head = A.Spectrum.Head with { Time = new(A.Time + 3_600_000_000) } });
        Assert.Equal(ShareState.Delivered, await cluster.Outcomes.NextAsync("the new one"));

        Assert.Equal(1, order.Waiting);
        Assert.Equal(["2026-07-01T03:04:05.678901Z", "2026-07-01T04:04:05.678901Z"], _published.Messages.Select(message => Assert.Single(Spectra(message)).GetProperty("date_obs").GetString()));
        var share = (await cluster.Grains.Shares().ListAsync(new())).Shares[0];
        Assert.Equal((0, 1, ShareState.Delivered), (share.Points, share.Spectra, share.State));
    }

    [Fact]
    public async Task A_spectrum_that_was_passed_on_in_other_units_is_the_one_that_is_known()
    {
        var cluster = await StartAsync();
        var target = await cluster.AddTargetAsync("AT2026abc");
        var ours = A.Spectrum with { Head = A.Spectrum.Head with { Provenance = new(new("hop", "t", 0, 1), null, "us", 1) } };
        var back = A.Spectrum with { Head = A.Spectrum.Head with { WavelengthUnit = "nm", IsSecondHand = true, Provenance = new(new("hop", "t", 0, 2), null, "peer", 2) }, Wavelength = [320.55, 320.7] };

        var fates = await cluster.Grains.TargetSpectra(target).RecordAsync([ours, back, back with { Head = back.Head with { Provenance = new(new("hop", "t", 0, 3), null, "us", 3) } }]);

        Assert.Equal([PointFate.New, PointFate.Withheld, PointFate.Revision], fates);
    }

    private static JsonElement.ArrayEnumerator Spectra(HopMessage message) => JsonDocument.Parse(message.Value).RootElement.GetProperty("data").GetProperty("spectroscopy").EnumerateArray();

    private async Task<SharingCluster> StartAsync()
    {
        _hermes = await StandInHermes.StartAsync(new() { Publisher = _published });
        _started.Add(_hermes);
        var cluster = await SharingCluster.StartAsync(server, null, Options(_hermes) with { ContinuousDelay = TimeSpan.FromMilliseconds(100) });
        _started.Add(cluster);
        return cluster;
    }
}
