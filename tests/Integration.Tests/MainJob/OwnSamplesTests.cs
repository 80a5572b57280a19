using System.Collections.Immutable;
using System.Globalization;
using TomOrleans.Alerts;
using TomOrleans.Integration.Tests.Support;
using TomOrleans.Streams.Kafka;
using TomOrleans.Targets;

namespace TomOrleans.Integration.Tests.MainJob;

/// <summary>The rules of reading, one sample each, through the real silo: what the recorded messages do not hold.</summary>
public sealed class OwnSamplesTests
{
    private const string Topic = "samples";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Samples_of_each_rule_end_as_the_rule_says()
    {
        using var scene = await Scene.CreateAsync(Topic, partitions: 1);
        var repeated = Guid.NewGuid();
        var fifty = Enumerable.Range(0, 50).Select(i => i == 31
            ? Row("Fifty", "2026-07-01T03:04:05Z", "\"brightness\": \"bright\"")
            : Row("Fifty", string.Create(CultureInfo.InvariantCulture, $"2026-07-02T00:00:{i:D2}Z"), "\"brightness\": 17.5"));
        await ProduceAsync(
            scene,
            (TestMessages.Hermes("NaN star", 1, Row("NaN star", "2026-07-01T00:00:00Z", "\"brightness\": 18.1, \"brightness_error\": NaN"), Row("NaN star", "2026-07-02T00:00:00Z", "\"brightness\": 18.2")), Guid.NewGuid(), false),
            (TestMessages.Hermes("Text star", 2, Row("Text star", "2026-07-01T00:00:00Z", "\"brightness\": \"18.5\", \"brightness_error\": \"0.1\"")), Guid.NewGuid(), false),
            (TestMessages.Hermes("Dated star", 3, Row("Dated star", "2461222.5", "\"brightness\": 15"), Row("Dated star", "61223.25", "\"brightness\": 16"), Row("Dated star", "2026-07-03T12:00:00+02:00", "\"brightness\": 17")), Guid.NewGuid(), false),
            (TestMessages.Hermes("Refused star", 4, Row("Refused star", "01/07/2026", "\"brightness\": 15"), Row("Refused star", "2026", "\"brightness\": 15"), Row("Refused star", "2026-07-01T03:04:05 PST", "\"brightness\": 15")), Guid.NewGuid(), false),
            (TestMessages.Hermes("Vega", 5, Row("Vega", "2026-07-01T00:00:00Z", "\"brightness\": 0.0")), Guid.NewGuid(), false),
            (TestMessages.Hermes("Limited star", 6, Row("Limited star", "2026-07-01T00:00:00Z", "\"brightness\": 19.5, \"limiting_brightness\": 20.5, \"limiting_brightness_unit\": \"AB mag\""), Row("Limited star", "2026-07-02T00:00:00Z", "\"limiting_brightness\": 0.02, \"limiting_brightness_unit\": \"mJy\"")), Guid.NewGuid(), false),
            (TestMessages.Hermes("Fifty", 7, [.. fifty]), Guid.NewGuid(), false),
            (TestMessages.Hermes("Repeated star", 8, Row("Repeated star", "2026-07-01T00:00:00Z", "\"brightness\": 14")), repeated, false),
            (TestMessages.Hermes("Repeated star", 8, Row("Repeated star", "2026-07-01T00:00:00Z", "\"brightness\": 14")), repeated, false),
            (TestMessages.Hermes("Repeated star", 8, Row("Repeated star", "2026-07-01T00:00:00Z", "\"brightness\": 14.25")), Guid.NewGuid(), false),
            (TestMessages.Hermes("Test star", 9, Row("Test star", "2026-07-01T00:00:00Z", "\"brightness\": 14")), Guid.NewGuid(), true));

        await using var silo = await scene.StartSiloAsync();
        await using var client = await TomClient.ConnectAsync(silo);
        var status = await client.StatusWhenAsync(
            seen => Scene.BooksOf(seen, Topic, "hermes") is { InFlight: 0, Consumed: 11 }, "all samples judged", Limit);

        var books = Scene.BooksOf(status, Topic, "hermes")!;
        Assert.Equal((6L, 2L, 3L), (books.Handled, books.Ignored, books.Parked));

        var nan = Assert.Single(await PointsAsync(client, "nan-STAR"));
        Assert.Equal(18.2, nan.Brightness);
        var text = Assert.Single(await PointsAsync(client, "Text star"));
        Assert.Equal((18.5, 0.1, BrightnessUnit.AbMagnitude), (text.Brightness, text.BrightnessError, text.BrightnessUnit));
        Assert.Equal(
            ["2026-07-01T00:00:00", "2026-07-02T06:00:00", "2026-07-03T10:00:00"],
            (await PointsAsync(client, "Dated star")).Select(point => point.Time.Utc.ToString("s", CultureInfo.InvariantCulture)));
        Assert.Equal([15d, 16d, 17d], (await PointsAsync(client, "Dated star")).Select(point => point.Brightness!.Value));
        Assert.Equal(0.0, Assert.Single(await PointsAsync(client, "Vega")).Brightness);
        var limited = await PointsAsync(client, "Limited star");
        Assert.Equal((19.5, 20.5), (limited[0].Brightness, limited[0].LimitingBrightness));
        Assert.Equal((null, 0.02, BrightnessUnit.Millijansky), (limited[1].Brightness, limited[1].LimitingBrightness, limited[1].LimitingBrightnessUnit));
        Assert.Equal(49, (await PointsAsync(client, "Fifty")).Length);
        var revised = Assert.Single(await PointsAsync(client, "Repeated star"));
        Assert.Equal((14.25, 1), (revised.Brightness, revised.OtherRevisions));

        var parked = await client.AsAdmin(grains => grains.Parked().ListAsync(new ParkedQuery { Handler = "hermes" }));
        Assert.Equal([1, 3, 1], parked.Messages.OrderBy(message => message.Location.Offset).Select(message => message.Faults.Length));
        Assert.Contains(parked.Messages, message => message.Faults[0].Path.StartsWith("data.photometry[31]", StringComparison.Ordinal));

        var retried = await client.AsAdmin(grains => grains.Parked().RetryAsync(new() { All = true, Topic = Topic }));
        Assert.Equal((0L, 0L, 3), (retried.Handled, retried.Ignored, retried.StillParked.Length));
        Assert.Equal(49, (await PointsAsync(client, "Fifty")).Length);
        var console = new TomConsole(silo.Ports);
        var id = parked.Messages[0].Id.ToString(CultureInfo.InvariantCulture);
        var shown = await console.JsonAsync("parked", "show", id);
        Assert.Equal(2, shown.GetProperty("message").GetProperty("attempts").GetInt32());
        Assert.Contains("photometry", shown.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, (await console.RunAsync("parked", "retry", id)).ExitCode);
        Assert.Equal(1, (await console.JsonAsync("parked", "drop", id, "--yes")).GetProperty("dropped").GetInt32());
        books = Scene.BooksOf(await client.StatusWhenAsync(
            seen => Scene.BooksOf(seen, Topic, "hermes") is { Dropped: 1 }, "the dropped message in the books", Limit), Topic, "hermes")!;
        Assert.Equal((6L, 2L, 2L, 0L), (books.Handled, books.Ignored, books.Parked, books.InFlight));
    }

    [Fact]
    public async Task Photometry_of_unknown_targets_is_ignored_unless_targets_are_to_be_made()
    {
        using var scene = await Scene.CreateAsync(Topic, partitions: 1, handlers: "hermes");
        await ProduceAsync(scene, (TestMessages.Hermes("Stranger", 1, Row("Stranger", "2026-07-01T00:00:00Z", "\"brightness\": 18.1")), Guid.NewGuid(), false));
        await using var silo = await scene.StartSiloAsync();
        await using var client = await TomClient.ConnectAsync(silo);
        var status = await client.StatusWhenAsync(seen => Scene.BooksOf(seen, Topic, "hermes") is { InFlight: 0, Consumed: 1 }, "the message judged", Limit);
        Assert.Equal(1, Scene.BooksOf(status, Topic, "hermes")!.Ignored);
        Assert.Equal(0, status.Targets);
    }

    private static string Row(string target, string date, string brightness) =>
        $$"""{"target_name": "{{target}}", "date_obs": "{{date}}", "telescope": "1m0a", "instrument": "fa16", "bandpass": "g", {{brightness}}}""";

    private static async Task ProduceAsync(Scene scene, params (byte[] Value, Guid Id, bool IsTest)[] messages)
    {
        using var producer = new StreamProducer(new Dictionary<string, string> { ["bootstrap.servers"] = scene.Kafka.BootstrapServers });
        foreach (var (value, id, isTest) in messages)
        {
            await producer.PublishAsync(Topic, new OutgoingRecord { Value = value, Headers = TestMessages.HopHeaders(id, "survey-robot", isTest) });
        }
    }

    private static Task<ImmutableArray<PhotometryPoint>> PointsAsync(TomClient client, string target) => client.AsAdmin(async grains =>
    {
        var found = await grains.TargetDirectory().FindAsync(target);
        return await grains.Target(found.Id).GetPhotometryAsync();
    });
}
