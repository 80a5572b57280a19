using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Hermes;
using TomOrleans.Grains.Targets;
using TomOrleans.Grains.Tests.Sharing;
using TomOrleans.Storage.Sharing.Retractions;
using TomOrleans.Storage.Targets;

namespace TomOrleans.Grains.Tests.Alerts;

/// <summary>Messages that were withdrawn before the handler <c>hermes</c> read them.</summary>
public sealed class WithdrawnMessagesTests
{
    private const string Spectrum = """
        {"target_name": "AT2026abc", "date_obs": "2026-07-01T03:04:05Z", "telescope": "FTN", "instrument": "FLOYDS", "flux": [1, 2], "wavelength": [320.5, 321], "flux_units": "mJy", "wavelength_units": "nm"}
        """;

    [Fact]
    public async Task What_a_message_brings_that_was_withdrawn_before_it_was_read_is_stored_as_withdrawn()
    {
        await using var tom = await ParkedCluster.StartAsync();
        Assert.NotNull(await tom.Get<RetractionTable>().NoteAsync(new(MessageBuilder.Id, "hermes", "hermes.test", "A title", "hermes-cred", null), [], A.Time));
        var (target, _) = await tom.Get<TargetTable>().CreateAsync(new NewTarget([new("AT2026abc", TargetNames.Normalise("AT2026abc"))], 33.2, -42.25, "test", A.Time));

        await tom.ReadAsync($$"""{"title": "A title", "submitter": "peer", "data": {"photometry": [{{MessageBuilder.GoodRow}}], "spectroscopy": [{{Spectrum}}]} }""");

        Assert.True(Assert.Single(await tom.Grains.Target(target).GetPhotometryAsync()).IsRetracted);
        Assert.True(Assert.Single(await tom.Grains.TargetSpectra(target).ListAsync()).IsRetracted);
    }

    [Fact]
    public void Messages_that_stand_are_left_as_they_are()
    {
        var alert = MessageBuilder.DecodeData($$"""{"photometry": [{{MessageBuilder.GoodRow}}]}""");
        var batch = new AlertBatch(new(MessageBuilder.Partition, "hermes"), [alert]);

        Assert.Same(batch, HermesWithdrawn.Mark(batch, new HashSet<Guid>()));
        Assert.Same(batch, HermesWithdrawn.Mark(batch, new HashSet<Guid> { Guid.NewGuid() }));
        Assert.True(HermesWithdrawn.Mark(batch, new HashSet<Guid> { MessageBuilder.Id }).Alerts[0].Report!.Points[0].Point.IsRetracted);
    }
}
