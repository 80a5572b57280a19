using System.Text;

namespace TomOrleans.Grains.Tests.Alerts.Messages;

/// <summary>What came of a message, in a TOM that reads a Kafka.</summary>
public sealed class CausedSpectraTests
{
    [Fact]
    public async Task A_spectrum_is_told_with_the_message_it_came_in()
    {
        await using var tom = await LiveTom.StartAsync(handlers:
            [new() { Id = "archive", Name = "archive", KeepFor = TimeSpan.FromDays(1) }, new() { Id = "hermes", Name = "hermes", CreateTargets = true }]);
        await tom.PublishAsync(
            Encoding.UTF8.GetBytes("""
                {"title": "A spectrum", "topic": "alerts", "message_text": "", "submitter": "peer", "authors": "", "data": {
                  "targets": [{"name": "AT2026abc", "ra": 10.5, "dec": -20.25}],
                  "spectroscopy": [{"target_name": "AT2026abc", "date_obs": "2026-07-01T03:04:05Z", "telescope": "FTN", "instrument": "FLOYDS",
                    "flux": [1e-15, 2e-15], "wavelength": [320.5, 321], "flux_units": "erg / s / cm² / Å"}]}}
                """),
            [.. MessageBuilder.HermesHeaders().Select(header => (header.Name, header.Value.ToArray()))]);
        await tom.WhenAsync(status => status.Handlers.Single(handler => handler.Handler == "hermes").Books.Handled == 1, "it is handled");

        var detail = await tom.Cluster.Client.Messages().GetAsync($"{LiveTom.Name}/0/0");
        var caused = Assert.Single(detail.Spectra);
        Assert.Equal(("AT2026abc", "FTN", 2), (caused.Target, caused.Spectrum.Telescope, caused.Spectrum.Length));
        Assert.Empty(detail.Points);
    }
}
