using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using TomOrleans.Grains.Targets;
using TomOrleans.Grains.Targets.Export;
using TomOrleans.Storage.Photometry;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Tests.Targets;

public sealed class BriefLightCurveTests
{
    private static readonly string[] Origins = ["LCO", "ZTF", "hermes-cred"];

    /// <summary>Few values of each kind, so that rows are often revisions, confirmations and of the same time.</summary>
    private static readonly Gen<PhotometryRow> Rows =
        from minute in Gen.Choose(0, 3)
        from origin in Gen.Elements(Origins)
        from telescope in Gen.Elements(null, "1m0a")
        from value in Gen.Elements(18.5, 18.6)
        from id in Gen.Elements(null, "1", "2")
        from message in Gen.Choose(0, 3)
        from retracted in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        select Row(minute, origin, telescope, value, id, message, retracted);

    [Property(MaxTest = 500)]
    public Property The_brief_curve_is_that_of_all_rows_in_any_order() => Prop.ForAll(Rows.ListOf().ToArbitrary(), given =>
    {
        PhotometryRow[] rows = [.. given.DistinctBy(row => (row.Identity, row.Content))];
        var full = LightCurve.Shown(rows, includeRetracted: true).Select(point => (point.Key, point.Brightness, point.IsRetracted)).ToArray();
        return new[] { rows, [.. rows.Reverse()] }.All(order =>
            full.SequenceEqual(BriefLightCurve.Shown([.. order.Select(Brief)]).Select(point => ((string?)PointKeys.Format(point.Identity, point.Content), (double?)point.Value, point.IsRetracted))));
    });

    [Fact]
    public void Columns_hold_texts_once_and_nothing_where_nothing_is_known()
    {
        var texts = new Dictionary<int, string> { [3] = "g", [5] = "1m0a \"x\"", [8] = "LCO" };
        BriefPoint[] points =
        [
            new(1, 1, 1_000_000, 3, 5, 8, 18.5, double.NaN, double.NaN, 1, 0, false, 0, 0),
            new(2, 2, 2_000_000, 3, 0, 8, double.NaN, double.NaN, 0.25, 0, 4, true, 0, 0),
        ];

        var json = JsonNode.Parse(Encoding.UTF8.GetString(LightCurveJson.Write("A \"b\"", 7, points, texts)))!;

        const string Expected = """
            {"target":"A \u0022b\u0022","id":"7","points":2,"bands":["g"],"band":[0,0],"telescopes":["1m0a \u0022x\u0022"],"telescope":[0,null],"origins":["LCO"],"origin":[0,0],
            "units":["mag","AB mag","Vega mag","nJy","uJy","mJy","Jy","erg / s / cm\u00B2 / \u212B"],"timeMicroseconds":[1000000,2000000],"brightness":[18.5,null],"error":[null,null],"unit":[1,0],"limit":[null,0.25],
            "limitUnit":[0,4],"retracted":[1]}
            """;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Expected), json), json.ToJsonString());
    }

    private static PhotometryRow Row(int minute, string origin, string? telescope, double value, string? id, int message, bool retracted) => PhotometryRows.ToRow(PointBuilder.Point with
    {
        Time = new(PointBuilder.T0 + (minute * 60_000_000L)),
        Origin = origin,
        Telescope = telescope,
        Brightness = value,
        MeasurementId = id,
        Provenance = message == 0 ? null : new(new("hop", "hermes.test", 0, message), null, null, message / 2),
        IsRetracted = retracted,
    });

    private static BriefPoint Brief(PhotometryRow row) => new(
        row.Identity, row.Content, row.TimeMicroseconds, 1, row.Telescope is null ? 0 : 2, 10 + Array.IndexOf(Origins, row.Origin), row.Value ?? double.NaN, row.Error ?? double.NaN, row.Limit ?? double.NaN,
        row.Unit, row.LimitUnit, row.IsRetracted, row.Source?.TimeMicroseconds ?? long.MinValue, row.Source?.Offset ?? long.MinValue);
}
