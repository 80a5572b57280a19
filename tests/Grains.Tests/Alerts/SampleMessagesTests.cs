using TomOrleans.Alerts;
using TomOrleans.Testing;
using static TomOrleans.Grains.Tests.Alerts.MessageBuilder;

namespace TomOrleans.Grains.Tests.Alerts;

/// <summary>Messages of many sources from the third-party data, as they are.</summary>
public sealed class SampleMessagesTests
{
    [Theory]
    [InlineData("hop/example_json.json", AlertFormat.Json)]
    [InlineData("hop/example_blob.txt", AlertFormat.Text)]
    [InlineData("hop/example_avro.avro", AlertFormat.AvroFile)]
    [InlineData("hop/hop_old_envelope_LVC_PRELIMINARY_S200316bj.json", AlertFormat.GcnText)]
    [InlineData("hop/snews/example_heartbeat_message.json", AlertFormat.Json)]
    [InlineData("malformed/hermes_docs_template_0.json", AlertFormat.Hermes)]
    [InlineData("malformed/hermes_docs_template_2.json", AlertFormat.Hermes)]
    [InlineData("malformed/voevent_no_namespace.xml", AlertFormat.VoEvent)]
    [InlineData("malformed/lasair_bad_sherlock.json", AlertFormat.Json)]
    [InlineData("brokers/lasair_ztf_1g1r.json", AlertFormat.Json)]
    [InlineData("gcn/circulars/circular_34278.json", AlertFormat.Circular)]
    public void Samples_are_told_apart(string file, AlertFormat format)
    {
        var alert = Decode(File.ReadAllBytes(Find(file)));

        Assert.Null(alert.Fault);
        Assert.Equal(format, alert.Format);
    }

    [Fact]
    public void Placeholders_of_the_documentation_are_refused_row_by_row()
    {
        var report = Decode(File.ReadAllBytes(Find("malformed/hermes_docs_template_2.json"))).Report!;

        Assert.Empty(report.Points);
        Assert.Equal(
        [
            "data.photometry[0].date_obs: 'JD, MJD, or ISO format date' is no ISO 8601 date, Julian date or modified Julian date",
            "data.photometry[1].date_obs: 'earlier JD, MJD, or ISO format date' is no ISO 8601 date, Julian date or modified Julian date",
        ], report.Faults.Select(fault => fault.ToString()));
        Assert.Equal(("my-target-1", 22.0, 33.0), (report.Targets[0].Name, report.Targets[0].RightAscensionDegrees, report.Targets[0].DeclinationDegrees));
    }

    [Fact]
    public void Every_sample_becomes_an_alert_also_under_a_wrong_format()
    {
        foreach (var file in Directory.EnumerateFiles(Find("."), "*", SearchOption.AllDirectories))
        {
            var value = File.ReadAllBytes(file);
            Assert.DoesNotContain("the decoder failed", Decode(value).Fault ?? "", StringComparison.Ordinal);
            Assert.DoesNotContain("the decoder failed", Decode(value, Header("_format", "json")).Fault ?? "", StringComparison.Ordinal);
        }
    }

    private static string Find(string path)
    {
        var found = SharedData.Find(path);
        Assert.SkipUnless(found.Path is not null, found.Reason ?? "");
        return found.Path!;
    }
}
