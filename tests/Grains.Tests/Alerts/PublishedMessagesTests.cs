using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using TomOrleans.Alerts;
using TomOrleans.Grains.Targets;
using TomOrleans.Testing;

namespace TomOrleans.Grains.Tests.Alerts;

/// <summary>What a real Hermes published to a real Kafka: <c>hermes/cases.jsonl</c> of the third-party data.</summary>
public sealed class PublishedMessagesTests
{
    [Fact]
    public void All_published_messages_decode()
    {
        var alerts = Published();

        Assert.Equal(91, alerts.Length);
        Assert.All(alerts, alert => Assert.Null(alert.Fault));
        Assert.All(alerts, alert => Assert.Equal(AlertFormat.Hermes, alert.Format));
        Assert.All(alerts, alert => Assert.Equal("hermes-peer-cred", alert.Sender));
        Assert.All(alerts, alert => Assert.NotNull(alert.MessageId));
        Assert.Equal(80, alerts.Sum(alert => alert.Report!.Points.Length + alert.Report.Faults.Length));
    }

    [Fact]
    public void Exactly_the_six_rows_that_cannot_be_read_for_certain_are_refused()
    {
        var faults = Published().SelectMany(alert => alert.Report!.Faults).Select(fault => fault.ToString()).Order();

        Assert.Equal(
        [
            "data.photometry[0].brightness: Infinity is not a finite number",
            "data.photometry[0].brightness_error: '-0.1' is negative",
            "data.photometry[0].date_obs: '01/07/2026' cannot be read for certain: it could be day/month or month/day",
            "data.photometry[0].date_obs: '2026' cannot be read for certain: it could be a year or a modified Julian date",
            "data.photometry[0].date_obs: '2026-07-01T03:04:05 PST' has the name of a time zone: only Z and offsets like +02:00 are read",
            "data.photometry[0].date_obs: '61_222.1' is not a plain number",
        ], faults);
    }

    [Fact]
    public void The_good_rows_are_18_measurements_with_23_contents()
    {
        var points = Published().SelectMany(alert => alert.Report!.Points).Select(row =>
            (Target: TargetNames.Normalise(row.TargetName), Identity: PhotometryIdentity.Identity(row.Point), Content: PhotometryIdentity.Content(row.Point))).ToList();

        Assert.Equal(74, points.Count);
        Assert.Equal(23, points.Distinct().Count());
        Assert.Equal(18, points.Select(point => (point.Target, point.Identity)).Distinct().Count());
    }

    private static ImmutableArray<Alert> Published()
    {
        var file = SharedData.Find("hermes/cases.jsonl");
        Assert.SkipUnless(file.Path is not null, file.Reason ?? "");
        var alerts = ImmutableArray.CreateBuilder<Alert>();
        foreach (var line in File.ReadLines(file.Path!))
        {
            using var document = JsonDocument.Parse(line);
            foreach (var message in document.RootElement.GetProperty("published").EnumerateArray())
            {
                alerts.Add(MessageBuilder.Decode(message.GetProperty("value_text").GetString()!, [.. message.GetProperty("headers").EnumerateObject().Select(Header)]));
            }
        }

        return alerts.ToImmutable();
    }

    private static MessageHeader Header(JsonProperty header)
    {
        var text = header.Value.GetString()!;
        return new(header.Name, header.Name == "_id" ? Guid.Parse(text).ToByteArray(bigEndian: true) : Encoding.UTF8.GetBytes(text));
    }
}
