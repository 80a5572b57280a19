using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using TomOrleans.Grains.Targets;
using TomOrleans.Grains.Targets.Export;
using TomOrleans.Grains.Targets.Import;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Tests.Targets.Export;

/// <summary>What is exported imports again to the same points: same identity, same content, same remarks.</summary>
public sealed class RoundTripTests
{
    private static readonly Target Target = new() { Id = 7, Name = "A, \"B\" & <C> 'D'", Aliases = [], CreatedMicroseconds = 0, CreatedBy = "me", Points = 0 };

    private static readonly string[] Texts =
    [
        "g", "r'", "=1+2", "+cmd", "-1", "@SUM(A1)", "'quoted", "''", "a,b", "say \"so\"", "#hash", "two words", " = 1", "\u00C4\u03A9\u4E2D", "<td>&amp;</td>", "\uFF1D1", "null", "nan", "None", "\\", "|", ";",
    ];

    [Property(MaxTest = 300)]
    public Property Csv_comes_back() => ComesBack(PhotometryFileFormat.Csv);

    [Property(MaxTest = 300)]
    public Property Ecsv_comes_back() => ComesBack(PhotometryFileFormat.Ecsv);

    [Property(MaxTest = 300)]
    public Property VoTable_comes_back() => ComesBack(PhotometryFileFormat.VoTable);

    [Property(MaxTest = 300)]
    public Property Json_lines_come_back() => ComesBack(PhotometryFileFormat.JsonLines);

    [Property(MaxTest = 300)]
    public Property The_toolkits_download_comes_back() => ComesBack(PhotometryFileFormat.ToolkitCsv);

    [Fact]
    public void A_cell_that_a_spreadsheet_would_run_is_none_any_more()
    {
        foreach (var format in (PhotometryFileFormat[])[PhotometryFileFormat.Csv, PhotometryFileFormat.ToolkitCsv])
        {
            foreach (var text in Texts)
            {
                var file = Text(format, [Point(text)]);
                var cells = file.Split('\n')[1].Split(',').Select(cell => cell.TrimStart('"'));
                Assert.DoesNotContain(cells, cell => cell.TrimStart() is ['=' or '+' or '@' or '\uFF1D', ..] || (cell is ['-', ..] && !double.TryParse(cell, out _)));
            }
        }
    }

    [Fact]
    public void The_toolkits_download_has_its_columns_and_a_limit_only_in_the_unit_of_its_row()
    {
        var file = Text(PhotometryFileFormat.ToolkitCsv, [Point("g") with { LimitingBrightnessUnit = BrightnessUnit.Microjansky }]).Split('\n');
        var columns = file[0].Split(',');

        Assert.Equal(columns.Order(StringComparer.Ordinal), columns);
        Assert.Superset(new HashSet<string> { "data_product", "data_type", "error", "filter", "instrument", "limit", "magnitude", "source_location", "source_name", "target", "telescope", "timestamp", "unit" }, columns.ToHashSet());
        var cells = columns.Zip(file[1].Split(',')).ToDictionary(pair => pair.First, pair => pair.Second);
        Assert.Equal(("", "20", "uJy", "AB mag"), (cells["limit"], cells["limiting_brightness"], cells["limiting_brightness_unit"], cells["unit"]));
    }

    [Fact]
    public void A_file_of_the_toolkits_own_is_read_without_what_only_we_write()
    {
        var point = Import.Reading.Point("data_product,data_type,error,filter,magnitude,source_name,target,timestamp,unit\n,photometry,0.02,'r,18.5,ZTF,7,2026-01-01T00:00:00Z,AB mag\n");

        Assert.Equal(("'r", 18.5, "ZTF"), (point.Bandpass, point.Brightness, point.Origin));
    }

    [Fact]
    public void Withdrawn_points_are_in_json_lines_alone()
    {
        PhotometryPoint[] points = [Point("g") with { IsRetracted = true }];

        Assert.True(Assert.Single(Reading(PhotometryFileFormat.JsonLines, points).Rows).Point!.IsRetracted);
        var page = PhotometryFileWriters.Page(PhotometryFileFormat.Csv, Target, points, 0, 10);
        Assert.Equal((0, 1), (page.Points, page.LeftOut));
    }

    [Theory]
    [InlineData(PhotometryFileFormat.Csv)]
    [InlineData(PhotometryFileFormat.VoTable)]
    [InlineData(PhotometryFileFormat.JsonLines)]
    public void Pages_put_together_are_the_file(PhotometryFileFormat format)
    {
        var points = Enumerable.Range(0, 7).Select(i => Point("g") with { Time = new(PointBuilder.T0 + i) }).ToArray();
        var pages = new List<byte>();
        for (int? from = 0; from is { } place;)
        {
            var page = PhotometryFileWriters.Page(format, Target, points, place, 3);
            pages.AddRange(page.Content);
            from = page.Next;
        }

        Assert.Equal(PhotometryFileWriters.Page(format, Target, points, 0, 100).Content, pages);
    }

    private static Property ComesBack(PhotometryFileFormat format) => Prop.ForAll(Points.ListOf().Where(points => points.Count > 0).ToArbitrary(), points =>
    {
        var read = Reading(format, points);
        return read.Rows.Select(row => row.Point is { } point ? Fingerprint(point) : row.Reason!).SequenceEqual(points.Select(Fingerprint));
    });

    private static Gen<PhotometryPoint> Points =>
        from time in Gen.Choose(0, int.MaxValue)
        from band in Gen.Elements(Texts)
        from telescope in Maybe(Gen.Elements(Texts))
        from comment in Maybe(Gen.Elements(Texts))
        from value in Gen.Elements(0.0, 18.5, 0.1 + 0.2, -1.25e-7, 21.000000000000004)
        from error in MaybeNumber(0.0, 0.02, 1e-9)
        from unit in Gen.Elements(Enum.GetValues<BrightnessUnit>())
        from limit in MaybeNumber(20.5, 3.0)
        from limitUnit in Gen.Elements(Enum.GetValues<BrightnessUnit>())
        from isLimit in Gen.Elements(true, false)
        from id in Maybe(Gen.Elements("1", "'x", "=id"))
        select new PhotometryPoint
        {
            Time = new(1_000_000_000_000_000 + (time * 250_000L) + (time % 7)),
            Bandpass = band.Trim(),
            Telescope = telescope?.Trim(),
            Instrument = comment?.Trim(),
            Brightness = isLimit ? null : value,
            BrightnessError = isLimit ? null : error,
            BrightnessUnit = isLimit ? default : unit,
            LimitingBrightness = isLimit ? limit ?? 19.5 : limit,
            LimitingBrightnessError = limit is null ? null : error,
            LimitSigma = limit is null && !isLimit ? null : 5,
            LimitingBrightnessUnit = limit is null && !isLimit ? default : limitUnit,
            ExposureSeconds = error,
            Origin = band.Trim(),
            MeasurementId = id,
            Comments = comment?.Trim(),
            Observer = telescope?.Trim(),
        };

    private static Gen<string?> Maybe(Gen<string> gen) => Gen.OneOf(gen.Select(text => (string?)text), Gen.Constant<string?>(null));

    private static Gen<double?> MaybeNumber(params double[] numbers) => Gen.Elements(numbers.Select(number => (double?)number).Append(null).ToArray());

    private static PhotometryPoint Point(string text) => PointBuilder.Point with
    {
        Bandpass = text,
        Telescope = text.Trim(),
        Instrument = text,
        Origin = text,
        Comments = text,
        LimitingBrightness = 20,
        LimitingBrightnessUnit = BrightnessUnit.AbMagnitude,
        LimitSigma = 5,
    };

    private static ReadFile Reading(PhotometryFileFormat format, IReadOnlyList<PhotometryPoint> points) => Import.Reading.Read(Text(format, points));

    private static string Text(PhotometryFileFormat format, IReadOnlyList<PhotometryPoint> points) =>
        System.Text.Encoding.UTF8.GetString(PhotometryFileWriters.Page(format, Target, points, 0, int.MaxValue / 2).Content);

    private static string Fingerprint(PhotometryPoint point) =>
        $"{PhotometryIdentity.Identity(point)} {PhotometryIdentity.Content(point)} {point.Observer}|{point.Comments}|{point.ExposureSeconds}|{point.Telescope}|{point.Instrument}|{point.Origin}";
}
