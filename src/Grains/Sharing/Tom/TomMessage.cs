using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Sharing.Tom;

/// <summary>
/// What goes to another TOM, in parts: the target by its names, and some of its points as they are posted one by one. A part is stored and sent as
/// <c>{"submission":"...","target":{"name":"AT2026abc","type":"SIDEREAL","ra":33.2,"dec":-42.25,"aliases":[{"name":"ZTF26abc"}],"target_lists":[{"name":"Imported From A TOM"}]},"list":true,
/// "data":[...]}</c>: the parts of it are the bodies of the requests. Ids of ours are never in it: the Toolkit would take them for its own.
/// </summary>
internal static class TomMessage
{
    /// <summary>Points of one part. One request each at a Toolkit, so that a part ends well within the time-out, and what a cut leaves to be asked again is little.</summary>
    public const int PointsPerPart = 50;

    private const int LongestName = 100;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string? Refuse(ShareContent content)
    {
        foreach (var target in content.Targets)
        {
            if (string.IsNullOrWhiteSpace(target.Name) || target.Name.Length > LongestName)
            {
                return $"the name '{OneLine.Of(target.Name)}' does not have 1 to {LongestName} characters, which the Toolkit wants";
            }
        }

        return null;
    }

    /// <param name="content">What is shared.</param>
    /// <param name="tomName">TOM_NAME: targets come into the list <c>Imported From TOM_NAME</c> there.</param>
    /// <param name="newKey">Draws the key of the next part.</param>
    public static SubmissionPlan Build(ShareContent content, string tomName, Func<Guid> newKey)
    {
        if (Refuse(content) is { } refusal)
        {
            return SubmissionPlan.Refused(refusal);
        }

        var leftOut = ImmutableArray.CreateBuilder<LeftOutPoint>();
        var parts = ImmutableArray.CreateBuilder<SubmissionPart>();
        foreach (var target in content.Targets)
        {
            var sendable = new List<SharedPoint>();
            foreach (var point in content.Points.Where(point => content.Targets.Length == 1 || point.Key.TargetId == target.Id))
            {
                if (TomDatum.Fault(point.Point) is { } reason)
                {
                    leftOut.Add(new(point, reason));
                }
                else
                {
                    sendable.Add(point);
                }
            }

            var isFirst = true;
            foreach (var chunk in sendable.Chunk(PointsPerPart))
            {
                parts.Add(MakePart(target, chunk, tomName, isFirst && !content.IsContinuous, newKey()));
                isFirst = false;
            }
        }

        return new(parts.DrainToImmutable(), leftOut.DrainToImmutable());
    }

    private static SubmissionPart MakePart(Target target, SharedPoint[] points, string tomName, bool list, Guid key)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("submission", key);
            WriteTarget(json, target, tomName);
            json.WriteBoolean("list", list);
            json.WriteStartArray("data");
            Array.ForEach(points, point => TomDatum.WriteTo(json, point.Point, tomName));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return new(key, buffer.WrittenSpan.ToArray(), [.. points.Select(point => point.Key)]);
    }

    private static void WriteTarget(Utf8JsonWriter json, Target target, string tomName)
    {
        json.WriteStartObject("target");
        json.WriteString("name", target.Name);
        json.WriteString("type", "SIDEREAL");
        if (target is { RightAscensionDegrees: { } ra, DeclinationDegrees: { } dec })
        {
            json.WriteNumber("ra", ra);
            json.WriteNumber("dec", dec);
        }

        json.WriteStartArray("aliases");
        foreach (var alias in target.Aliases.Where(alias => !string.IsNullOrWhiteSpace(alias)).Distinct(StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("name", alias);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("target_lists");
        json.WriteStartObject();
        json.WriteString("name", $"Imported From {tomName}");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
