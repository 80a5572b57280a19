using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Sharing.Hermes;

/// <summary>
/// Makes the bodies of <c>POST api/v0/submit_message/</c>: one target with rows of photometry, and under <c>data.extra_data.tom_orleans</c>, which Hermes carries through untouched,
/// the submission's key and the identity of each row in order. ASCII only, so that no Unicode normalisation on the way can touch the unit with the Angstrom sign.
/// </summary>
internal static class HermesMessage
{
    /// <summary>
    /// Largest message as Hermes publishes it [bytes]. Kafka's default limit is 1 MiB for value, headers and framing; the title stands in a header as well.
    /// </summary>
    public const int LargestPublished = 900_000;

    /// <summary>Our member of <c>extra_data</c>.</summary>
    public const string ExtraDataName = "tom_orleans";

    /// <summary>Why Hermes would refuse any message with this envelope and target; null when it would not.</summary>
    public static string? Refuse(ShareContent content)
    {
        var target = content.Target;
        return content.Topic is null || !HermesText.IsTopic(content.Topic) ? $"'{content.Topic}' is not a topic name: 1 to 249 of the characters A-Z a-z 0-9 . _ -"
            : HermesText.Trimmed(content.Title) is null ? "the title is blank"
            : HermesText.Trimmed(content.Submitter) is null ? "the submitter is blank"
            : !IsClean(content) ? "title, message, authors, submitter or a name of the target hold NUL or half a surrogate pair, which Hermes refuses"
            : HermesText.Trimmed(target.Name) is null ? "the target has no name"
            : target.RightAscensionDegrees is not { } ra || target.DeclinationDegrees is not { } dec ? $"{target.Name} has no coordinates, and Hermes takes no target without"
            : !double.IsFinite(ra) || Math.Abs(dec) is not <= 90 ? $"{target.Name} has coordinates that are none: {ra}, {dec} [deg]"
            : EnvelopeSize(content) > LargestPublished / 2 ? $"texts and aliases alone take {EnvelopeSize(content)} bytes, and a message of Hermes holds about 1 MB"
            : null;
    }

    /// <inheritdoc cref="IPhotometryDestination.Build"/>
    public static SubmissionPlan Build(ShareContent content, Func<Guid> newKey)
    {
        if (Refuse(content) is { } refusal)
        {
            return SubmissionPlan.Refused(refusal);
        }

        var leftOut = ImmutableArray.CreateBuilder<LeftOutPoint>();
        var parts = ImmutableArray.CreateBuilder<SubmissionPart>();
        var rows = new List<HermesRow>();
        var envelope = EnvelopeSize(content);
        var size = envelope;
        foreach (var point in content.Points)
        {
            if (HermesRow.Make(point, out var reason) is not { } row)
            {
                leftOut.Add(new(point, reason));
                continue;
            }

            var rowSize = row.PublishedSize(TargetName(content));
            if (rows.Count > 0 && size + rowSize > LargestPublished)
            {
                parts.Add(MakePart(content, rows, newKey()));
                rows.Clear();
                size = envelope;
            }

            rows.Add(row);
            size += rowSize;
        }

        if (rows.Count > 0)
        {
            parts.Add(MakePart(content, rows, newKey()));
        }

        return new(parts.DrainToImmutable(), leftOut.DrainToImmutable());
    }

    /// <summary>What a message with all of these points would take as Hermes publishes it [bytes].</summary>
    public static int PublishedSize(ShareContent content) =>
        EnvelopeSize(content) + content.Points.Sum(point => HermesRow.Make(point, out _)?.PublishedSize(TargetName(content)) ?? 0);

    private static SubmissionPart MakePart(ShareContent content, List<HermesRow> rows, Guid key)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, text) in Envelope(content))
            {
                json.WriteString(name, text);
            }

            json.WriteStartObject("data");
            WriteTarget(json, content);
            json.WriteStartArray("photometry");
            rows.ForEach(row => row.WriteTo(json, TargetName(content)));
            json.WriteEndArray();
            json.WriteStartObject("extra_data");
            json.WriteStartObject(ExtraDataName);
            json.WriteString("submission", key);
            json.WriteStartArray("points");
            rows.ForEach(row => json.WriteStringValue(row.Identity));
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return new(key, buffer.WrittenSpan.ToArray(), [.. rows.Select(row => row.Key)]);
    }

    private static void WriteTarget(Utf8JsonWriter json, ShareContent content)
    {
        json.WriteStartArray("targets");
        json.WriteStartObject();
        json.WriteString("name", TargetName(content));

        // Numbers, never sexagesimal text: Hermes reads a declination with colons as hours, "-05:30:00" as -82.5 degrees.
        json.WriteNumber("ra", content.Target.RightAscensionDegrees!.Value);
        json.WriteNumber("dec", content.Target.DeclinationDegrees!.Value);
        var aliases = Aliases(content.Target);
        if (aliases.Length > 0)
        {
            json.WriteStartArray("aliases");
            Array.ForEach(aliases, json.WriteStringValue);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static string TargetName(ShareContent content) => content.Target.Name.Trim();

    /// <summary>Hermes refuses a whole message for one blank alias.</summary>
    private static string[] Aliases(Target target) => [.. target.Aliases.Select(HermesText.Trimmed).OfType<string>().Distinct()];

    private static (string Name, string Text)[] Envelope(ShareContent content) =>
    [
        ("title", content.Title),
        ("topic", content.Topic!),
        ("submitter", content.Submitter),
        ("authors", content.Authors),
        ("message_text", content.Message),
    ];

    private static bool IsClean(ShareContent content) =>
        Envelope(content).All(member => HermesText.IsClean(member.Text)) && HermesText.IsClean(content.Target.Name) && content.Target.Aliases.All(HermesText.IsClean);

    /// <summary>All but the rows, as Hermes publishes it [bytes]: with the title once more for the header, and the defaults Hermes adds to the target.</summary>
    private static int EnvelopeSize(ShareContent content)
    {
        const int structure = 640; // names, brackets, key, coordinates at their longest, defaults of the target, headers
        return structure
            + Envelope(content).Sum(member => PythonJson.Text(member.Text))
            + PythonJson.Text(content.Title)
            + PythonJson.Text(TargetName(content))
            + Aliases(content.Target).Sum(alias => PythonJson.Text(alias) + PythonJson.Separator);
    }
}
