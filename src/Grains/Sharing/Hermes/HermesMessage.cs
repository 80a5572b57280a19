using System.Buffers;
using System.Text.Json;
using TomOrleans.HermesRules;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Sharing.Hermes;

/// <summary>
/// Makes the bodies of <c>POST api/v0/submit_message/</c>: targets with rows of photometry and spectroscopy, and under <c>data.extra_data.tom_orleans</c>, which Hermes carries through untouched,
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

    /// <summary>Why Hermes would refuse any message with this envelope and these targets; null when it would not.</summary>
    public static string? Refuse(ShareContent content)
    {
        if (content.Topic is null || !TopicName.IsLegal(content.Topic))
        {
            return $"'{content.Topic}' is not a topic name: 1 to 249 of the characters A-Z a-z 0-9 . _ -";
        }

        if (content.Targets.All(target => HermesTarget.Refuse(target) is not null))
        {
            return HermesTarget.Refuse(content.Target);
        }

        var size = EnvelopeSize(content) + content.Targets.Max(HermesTarget.PublishedSize);
        return HermesText.Trimmed(content.Title) is null ? "the title is blank"
            : HermesText.Trimmed(content.Submitter) is null ? "the submitter is blank"
            : !Envelope(content).All(member => HermesText.IsClean(member.Text)) ? "title, message, authors or submitter hold NUL or half a surrogate pair, which Hermes refuses"
            : content.Targets.GroupBy(HermesTarget.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any()) is { } twice
                ? $"two targets are called {twice.Key}, and Hermes tells rows apart by that name"
            : size > LargestPublished / 2 ? $"texts and aliases alone take {size} bytes, and a message of Hermes holds about 1 MB"
            : null;
    }

    /// <inheritdoc cref="IPhotometryDestination.Build"/>
    public static SubmissionPlan Build(ShareContent content, Func<Guid> newKey, HermesDialect dialect = HermesDialect.Toolkit)
    {
        if (Refuse(content) is { } refusal)
        {
            return SubmissionPlan.Refused(refusal);
        }

        var draft = new HermesDraft(content, dialect, newKey);
        foreach (var target in content.Targets)
        {
            foreach (var point in content.Points.Where(point => point.Key.TargetId == target.Id))
            {
                draft.Add(target, point);
            }

            foreach (var spectrum in content.Spectra.Where(spectrum => spectrum.Key.TargetId == target.Id))
            {
                draft.Add(target, spectrum);
            }
        }

        return draft.Finish();
    }

    /// <summary>All but targets and rows, as Hermes publishes it [bytes]: with the title once more for the header.</summary>
    public static int EnvelopeSize(ShareContent content)
    {
        const int structure = 480; // names, brackets, key, headers
        const int ofSpectra = 80; // the names and brackets of their lists
        return structure + (content.Spectra.IsEmpty ? 0 : ofSpectra) + Envelope(content).Sum(member => PythonJson.Text(member.Text)) + PythonJson.Text(content.Title);
    }

    public static SubmissionPart MakePart(ShareContent content, IReadOnlyList<Target> targets, IReadOnlyList<HermesRow> rows, IReadOnlyList<HermesSpectrum> spectra, Guid key)
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
            json.WriteStartArray("targets");
            foreach (var target in targets)
            {
                HermesTarget.WriteTo(json, target);
            }

            json.WriteEndArray();
            json.WriteStartArray("photometry");
            foreach (var row in rows)
            {
                row.WriteTo(json);
            }

            json.WriteEndArray();
            if (spectra.Count > 0)
            {
                json.WriteStartArray("spectroscopy");
                foreach (var spectrum in spectra)
                {
                    spectrum.WriteTo(json);
                }

                json.WriteEndArray();
            }

            json.WriteStartObject("extra_data");
            json.WriteStartObject(ExtraDataName);
            json.WriteString("submission", key);
            json.WriteStartArray("points");
            foreach (var row in rows)
            {
                json.WriteStringValue(row.Identity);
            }

            json.WriteEndArray();
            if (spectra.Count > 0)
            {
                json.WriteStartArray("spectra");
                foreach (var spectrum in spectra)
                {
                    json.WriteStringValue(spectrum.Identity);
                }

                json.WriteEndArray();
            }

            HermesOrigins.WriteTo(json, rows, spectra);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return new(key, buffer.WrittenSpan.ToArray(), [.. rows.Select(row => row.Key).Distinct()]) { Spectra = [.. spectra.Select(spectrum => spectrum.Key)] };
    }

    private static (string Name, string Text)[] Envelope(ShareContent content) =>
    [
        ("title", content.Title),
        ("topic", content.Topic!),
        ("submitter", content.Submitter),
        ("authors", content.Authors),
        ("message_text", content.Message),
    ];
}
