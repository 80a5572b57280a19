using TomOrleans.Grains.Targets;
using TomOrleans.Grains.Targets.Import;
using TomOrleans.Storage.Photometry;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Tests.Targets.Import;

public sealed class DryLedgerTests
{
    [Fact]
    public void What_is_passed_on_adds_no_value_to_a_measurement_that_came_by_others()
    {
        var ledger = DryLedger.Of([Row(18.5, "the origin", isSecondHand: false)]);

        Assert.Equal(PointFate.Known, ledger.Judge(Row(18.6, "a relay", isSecondHand: true)));
        Assert.Equal(PointFate.Known, ledger.Judge(Row(18.6, null, isSecondHand: true)));
        Assert.Equal(PointFate.Revision, ledger.Judge(Row(18.6, "the origin", isSecondHand: true)));
        Assert.Equal(PointFate.Revision, ledger.Judge(Row(18.7, "another", isSecondHand: false)));
    }

    [Fact]
    public void What_is_passed_on_of_an_unknown_measurement_is_new_and_its_sender_may_revise_it()
    {
        var ledger = DryLedger.Of([]);

        Assert.Equal(PointFate.New, ledger.Judge(Row(18.5, "a relay", isSecondHand: true)));
        Assert.Equal(PointFate.Revision, ledger.Judge(Row(18.6, "a relay", isSecondHand: true)));
    }

    private static PhotometryRow Row(double brightness, string? sender, bool isSecondHand) => PhotometryRows.ToRow(PointBuilder.Point with
    {
        Brightness = brightness,
        IsSecondHand = isSecondHand,
        Provenance = new(new("import-tom", "a.site", 0, 1), null, sender, 1),
    });
}
