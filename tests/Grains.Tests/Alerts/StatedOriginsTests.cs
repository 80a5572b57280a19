using TomOrleans.Alerts;
using TomOrleans.Grains.Sharing.Hermes;
using TomOrleans.Grains.Targets;
using TomOrleans.Grains.Tests.Sharing;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Tests.Alerts;

/// <summary>Who made the measurements that a TomOrleans passes on.</summary>
public sealed class StatedOriginsTests
{
    private const string Rows = "\"photometry\": [" + MessageBuilder.GoodRow + ", " + MessageBuilder.GoodRow + "]";

    [Fact]
    public void Origins_that_a_TomOrleans_states_are_kept_and_the_points_are_second_hand()
    {
        var report = Report("\"origins\": [\"LCO\", \" ZTF \"], \"ids\": [null, \"a1\"]");

        Assert.Equal([("LCO", null), ("ZTF", "a1")], report.Points.Select(row => (row.Point.Origin, row.Point.MeasurementId)));
        Assert.All(report.Points, row => Assert.True(row.Point.IsSecondHand));
        Assert.All(report.Points, row => Assert.Equal("hermes-cred", row.Point.Provenance!.Sender));
    }

    [Fact]
    public void One_origin_may_be_stated_for_all() => Assert.All(Report("\"origin\": \"LCO\"").Points, row => Assert.Equal(("LCO", true), (row.Point.Origin, row.Point.IsSecondHand)));

    [Theory]
    [InlineData("\"origins\": [\"LCO\"]")]
    [InlineData("\"origins\": [1, 2]")]
    [InlineData("\"origins\": {}, \"origin\": [\"LCO\"]")]
    [InlineData("\"origin\": \"  \"")]
    [InlineData("\"points\": []")]
    public void Anything_else_leaves_the_sender_as_the_origin(string stated) =>
        Assert.All(Report(stated).Points, row => Assert.Equal(("hermes-cred", false), (row.Point.Origin, row.Point.IsSecondHand)));

    [Fact]
    public void Without_the_key_of_a_submission_nothing_is_stated()
    {
        var alert = MessageBuilder.DecodeData("{" + Rows + ", \"extra_data\": {\"tom_orleans\": {\"origin\": \"LCO\"}}}");

        Assert.All(alert.Report!.Points, row => Assert.Equal("hermes-cred", row.Point.Origin));
    }

    /// <summary>What keeps two TOMs from sending a point round and round: it is the same measurement in both.</summary>
    [Fact]
    public void A_point_has_one_identity_wherever_it_is_read_though_its_value_went_through_another_unit()
    {
        PhotometryPoint[] points =
        [
            A.Point with { Brightness = 18_500, BrightnessError = 20, BrightnessUnit = BrightnessUnit.Microjansky, Time = new(A.Time, TimeForm.JulianDate, "2461222.627843506"), MeasurementId = "m-7" },
            A.Point with { Origin = "ZTF", BrightnessUnit = BrightnessUnit.AbMagnitude, Brightness = 18.5 },
        ];
        var part = Assert.Single(HermesMessage.Build(A.Content(points), Guid.NewGuid).Parts);

        var read = MessageBuilder.Decode(part.Body, MessageBuilder.HermesHeaders(sender: "relay")).Report!.Points;

        Assert.Equal(points.Select(PhotometryIdentity.Identity), read.Select(row => PhotometryIdentity.Identity(row.Point)));
        Assert.NotEqual(PhotometryIdentity.Content(points[0]), PhotometryIdentity.Content(read[0].Point));
        Assert.Equal(PhotometryIdentity.Content(points[1]), PhotometryIdentity.Content(read[1].Point));
    }

    private static PhotometryReport Report(string stated) =>
        MessageBuilder.DecodeData("{\"extra_data\": {\"tom_orleans\": {\"submission\": \"01234567-89ab-cdef-0123-456789abcdef\", " + stated + "}}, " + Rows + "}").Report!;
}
