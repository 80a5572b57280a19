using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TomOrleans.Grains.Sharing;
using TomOrleans.Grains.Sharing.Hermes;
using TomOrleans.HermesRules;
using TomOrleans.Sandbox.Hermes;
using TomOrleans.Sandbox.Publishing;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Tests.Sharing.Hermes;

/// <summary>What we would send, judged by Hermes.</summary>
public sealed class HermesAgreementTests
{
    private static readonly string[] KnownRow =
    [
        "target_name", "date_obs", "telescope", "instrument", "bandpass", "brightness", "brightness_error", "brightness_unit", "limiting_brightness", "limiting_brightness_error",
        "limiting_brightness_unit", "exposure_time",
    ];

    private static readonly Dictionary<string, BrightnessUnit> Units = new()
    {
        ["AB mag"] = BrightnessUnit.AbMagnitude,
        ["Vega mag"] = BrightnessUnit.VegaMagnitude,
        ["mJy"] = BrightnessUnit.Millijansky,
        ["erg / s / cm\u00B2 / \u212B"] = BrightnessUnit.FluxPerAngstrom,
    };

    [Fact]
    public void Content_that_Hermes_refused_is_refused_here_and_what_it_took_is_taken()
    {
        var judged = new List<string>();
        foreach (var recorded in HermesCases.Read())
        {
            // Hermes takes any text for a topic and leaves the rest to Kafka; there we are stricter.
            if (Read(recorded) is not { } content || !TopicName.IsLegal(content.Topic ?? "hermes.test"))
            {
                continue;
            }

            var plan = HermesMessage.Build(content, Guid.NewGuid);
            var isTaken = plan.Refusal is null && plan.LeftOut.IsEmpty;
            Assert.True(recorded["serializer_valid"]!.GetValue<bool>() == isTaken, $"{recorded["id"]}: {plan.Refusal}{string.Join("; ", plan.LeftOut.Select(point => point.Reason))}");
            judged.Add(recorded["id"]!.GetValue<string>());
        }

        Assert.True(judged.Count >= 40, $"only {judged.Count} recorded requests can be said in our terms: {string.Join(", ", judged)}");
    }

    [Fact]
    public async Task Whatever_is_built_is_valid_and_published_with_the_values_meant()
    {
        var random = new Random(20260701);
        var points = Enumerable.Range(0, 600).Select(_ => AnyPoint(random)).ToArray();
        var content = A.Content(points) with
        {
            Title = "Un titre \u00E9trange \uD83D\uDD2D <b>&\"'\\",
            Message = "two\nlines\tand \u0007",
            Targets = [A.Target with { Name = " AT2026 \u00E9\u212B ", Aliases = ["", " ", "Z\u0301", "Z\u0301"], RightAscensionDegrees = 359.9999999999999, DeclinationDegrees = -90 }],
        };
        var publisher = new RecordingPublisher();
        await using var hermes = await StandInHermes.StartAsync(new() { Publisher = publisher });
        using var client = new HermesClient(new DestinationOptions { Name = "hermes", BaseUrl = hermes.Url, ApiKey = hermes.Token }, TimeProvider.System);

        var plan = HermesMessage.Build(content, Guid.NewGuid);
        Assert.Empty(HermesCautions.Of(Assert.IsType<HermesVerdict.Valid>(new HermesCheck().Check(plan.Parts[0].Body))));
        var outcome = await client.SubmitAsync(plan.Parts[0].Body);

        Assert.IsType<SendOutcome.Delivered>(outcome);
        Assert.True(plan.PointCount > 300, $"{plan.PointCount} points");
        var sent = JsonDocument.Parse(plan.Parts[0].Body).RootElement.GetProperty("data");
        var published = JsonDocument.Parse(publisher.Messages[0].Value).RootElement.GetProperty("data");
        Assert.Equal(sent.GetProperty("extra_data").GetRawText(), published.GetProperty("extra_data").GetRawText().Replace(": ", ":", StringComparison.Ordinal).Replace(", ", ",", StringComparison.Ordinal));
        foreach (var (ours, theirs) in sent.GetProperty("photometry").EnumerateArray().Zip(published.GetProperty("photometry").EnumerateArray()))
        {
            foreach (var member in ours.EnumerateObject())
            {
                var other = theirs.GetProperty(member.Name);
                Assert.True(member.Value.ValueKind == JsonValueKind.Number ? member.Value.GetDouble() == other.GetDouble() : member.Value.GetString() == other.GetString(), $"{ours} became {theirs}");
            }
        }
    }

    [Theory]
    [InlineData("plain", 500)]
    [InlineData("\u00E9\uD83D\uDD2D\"\\\n", 500)]
    [InlineData("plain", 1)]
    public async Task Size_is_foreseen_to_the_percent_and_never_too_small(string text, int count)
    {
        var random = new Random(7);
        var content = A.Content([.. Enumerable.Range(0, count).Select(_ => AnyPoint(random) with { Instrument = text.Trim(), Telescope = text })]) with { Message = text, Title = text };
        var publisher = new RecordingPublisher();
        await using var hermes = await StandInHermes.StartAsync(new() { Publisher = publisher });
        using var client = new HermesClient(new DestinationOptions { Name = "hermes", BaseUrl = hermes.Url, ApiKey = hermes.Token }, TimeProvider.System);

        Assert.IsType<SendOutcome.Delivered>(await client.SubmitAsync(HermesMessage.Build(content, Guid.NewGuid).Parts[0].Body));

        var message = publisher.Messages[0];
        var foreseen = HermesMessage.EnvelopeSize(content) + HermesTarget.PublishedSize(content.Target) + content.Points.Sum(point => HermesRow.MakeAll(point, content.Target.Name, HermesDialect.Toolkit, out _).Sum(row => row.PublishedSize()));
        Assert.InRange(foreseen, message.Value.Length, (message.Value.Length * 1.01) + 400);
    }

    private static PhotometryPoint AnyPoint(Random random)
    {
        double? Number() => random.Next(6) switch
        {
            0 => null,
            1 => 0,
            2 => random.Next(-5, 30),
            3 => random.NextDouble() * Math.Pow(10, random.Next(-30, 18)),
            4 => -random.NextDouble(),
            _ => Math.Round(random.NextDouble() * 25, 3),
        };
        BrightnessUnit Unit() => (BrightnessUnit)random.Next(0, 8);
        return A.Point with
        {
            Time = new(A.Time + random.NextInt64(0, 10_000_000_000)),
            Bandpass = random.Next(2) == 0 ? "g" : " r' \u03BB ",
            Instrument = random.Next(3) == 0 ? null : "cam",
            Telescope = random.Next(4) == 0 ? " " : "1m",
            Brightness = Number(),
            BrightnessError = Number(),
            BrightnessUnit = Unit(),
            LimitingBrightness = Number(),
            LimitingBrightnessError = Number(),
            LimitingBrightnessUnit = Unit(),
            ExposureSeconds = Number(),
        };
    }

    /// <summary>The request in our terms: one target, at most one row, nothing that we never send. Null for the others.</summary>
    private static ShareContent? Read(JsonObject recorded)
    {
        var request = recorded["request"]!.AsObject();
        if (request["path"]!.GetValue<string>() is not "/api/v0/submit_message/" || recorded["mode"]!.GetValue<string>() != "production"
            || recorded["outcome"]!.GetValue<string>() is not ("published" or "rejected-400-fields")
            || request["json"] is not JsonObject body || body["data"] is not JsonObject data || data.Any(table => table.Key is not ("targets" or "photometry" or "extra_data"))
            || data["targets"] is not JsonArray { Count: 1 } targets || data["photometry"] is not JsonArray { Count: 1 } rows
            || targets[0] is not JsonObject target || target.Any(member => member.Key is not ("name" or "ra" or "dec"))
            || rows[0] is not JsonObject row || row.Any(member => !KnownRow.Contains(member.Key))
            || body.Any(member => member.Key is "submit_to_tns" or "submit_to_gcn" or "submit_to_mpc"))
        {
            return null;
        }

        try
        {
            return new ShareContent
            {
                Topic = Text(body["topic"]),
                Title = Text(body["title"]) ?? "",
                Submitter = Text(body["submitter"]) ?? "",
                Authors = Text(body["authors"]) ?? throw new FormatException(),
                Message = Text(body["message_text"]) ?? throw new FormatException(),
                Targets =
                [
                    A.Target with
                    {
                        Name = Text(target["name"]) ?? "",
                        RightAscensionDegrees = Degrees(target["ra"]),
                        DeclinationDegrees = Degrees(target["dec"]),
                    },
                ],
                Points = [new(new(7, 1, 1), Point(row, Text(target["name"])))],
            };
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    private static PhotometryPoint Point(JsonObject row, string? target)
    {
        if (Text(row["target_name"]) is not { } name || name.Trim() != target?.Trim() || !DateTimeOffset.TryParseExact(
            Text(row["date_obs"]), "yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
        {
            throw new FormatException();
        }

        return new()
        {
            Time = new(date.ToUnixTimeMilliseconds() * 1000),
            Bandpass = Text(row["bandpass"]) ?? "",
            Telescope = Text(row["telescope"]),
            Instrument = Text(row["instrument"]),
            Brightness = Number(row["brightness"]),
            BrightnessError = Number(row["brightness_error"]),
            BrightnessUnit = Unit(row, "brightness_unit"),
            LimitingBrightness = Number(row["limiting_brightness"]),
            LimitingBrightnessError = Number(row["limiting_brightness_error"]),
            LimitingBrightnessUnit = Unit(row, "limiting_brightness_unit"),
            ExposureSeconds = Number(row["exposure_time"]),
            Origin = "peer",
        };
    }

    private static BrightnessUnit Unit(JsonObject row, string name) =>
        !row.ContainsKey(name) ? BrightnessUnit.AbMagnitude : Units.TryGetValue(Text(row[name]) ?? "", out var unit) ? unit : BrightnessUnit.Magnitude;

    private static string? Text(JsonNode? node) => node is null ? null : node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : throw new FormatException();

    private static double? Number(JsonNode? node) => node is null ? null : node.GetValueKind() == JsonValueKind.Number ? node.GetValue<double>() : throw new FormatException();

    private static double? Degrees(JsonNode? node) =>
        node is null ? null
        : node.GetValueKind() == JsonValueKind.Number ? node.GetValue<double>()
        : double.Parse(Text(node)!, NumberStyles.Float, CultureInfo.InvariantCulture);
}
