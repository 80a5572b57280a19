using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Decoding.Reading;
using TomOrleans.Testing;
using static TomOrleans.Grains.Tests.Alerts.MessageBuilder;

namespace TomOrleans.Grains.Tests.Alerts;

/// <summary>Every sample message that others made, by its listed expectation.</summary>
public sealed class ListedSamplesTests
{
    /// <summary>Damaged before we got them, or (a schema with a field twice) never readable by strict readers.</summary>
    private static readonly string[] Damaged = ["malformed/ztf_crlf_damaged_", "malformed/ztf_ocf_trailing_junk"];

    private readonly string _folder = Folder();

    [Fact]
    public void The_list_names_every_sample() =>
        Assert.Equal(ListedSample.All.Select(sample => sample.File).Order(StringComparer.Ordinal), ListedSample.Found(_folder).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_sample_has_its_framing_and_no_fault_but_a_listed_one() => Assert.All(ListedSample.All, sample =>
    {
        var alert = Decode(File.ReadAllBytes(Path.Combine(_folder, sample.File)));

        Assert.Equal(sample.Format, alert.Format.ToString());
        Assert.Equal(sample.Fate == "parked", alert.Fault is not null || alert.Report is { Faults.IsEmpty: false });
        Assert.Equal(sample.Fate == "handled", alert is { Fault: null, Report: { Faults.IsEmpty: true, Points.IsEmpty: false } });
    });

    [Fact]
    public void Every_sample_is_shown_readably() => Assert.All(ListedSample.All, sample =>
    {
        var alert = Decode(File.ReadAllBytes(Path.Combine(_folder, sample.File)));
        var text = ReadableText.Of(alert);

        Assert.NotEmpty(text);
        Assert.InRange(text.Length, 1, ReadableText.Longest + 200);
        Assert.DoesNotContain("cannot be shown", text, StringComparison.Ordinal);
        Assert.Equal(Damaged.Any(start => sample.File.StartsWith(start, StringComparison.Ordinal)), text.Contains("cannot be read", StringComparison.Ordinal));
        if (alert.Format is AlertFormat.VoEvent or AlertFormat.GcnText)
        {
            Assert.DoesNotContain("0000  ", text, StringComparison.Ordinal);
        }
    });

    private static string Folder()
    {
        var found = SharedData.Find(".");
        Assert.SkipUnless(found.Path is not null, found.Reason ?? "");
        return found.Path!;
    }
}
