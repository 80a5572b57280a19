using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Sharing.Tom;

/// <summary>
/// What goes to another TOM, in parts: the target by its names, and some of its points or spectra as they are posted one by one, or a file of it, or nothing but the target (<c>"file":{"id":3,...}</c>). A part is stored and sent as
/// <c>{"submission":"...","target":{"name":"AT2026abc","type":"SIDEREAL","ra":33.2,"dec":-42.25,"aliases":[{"name":"ZTF26abc"}],"target_lists":[{"name":"Imported From A TOM"}]},"list":true,
/// "data":[...]}</c>: the parts of it are the bodies of the requests. Ids of ours are never in it: the Toolkit would take them for its own.
/// </summary>
internal static class TomMessage
{
    /// <summary>Points of one part. One request each at a Toolkit, so that a part ends well within the time-out, and what a cut leaves to be asked again is little.</summary>
    public const int PointsPerPart = 50;

    /// <summary>Spectra of one part: each some hundred kilobytes.</summary>
    public const int SpectraPerPart = 5;

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

        var leftOut = ImmutableArray.CreateBuilder<LeftOutValue>();
        var parts = ImmutableArray.CreateBuilder<SubmissionPart>();
        foreach (var target in content.Targets)
        {
            var sendable = new List<SharedPoint>();
            foreach (var point in content.Points.Where(point => content.Targets.Length == 1 || point.Key.TargetId == target.Id))
            {
                if (TomDatum.Fault(point.Point) is { } reason)
                {
                    leftOut.Add(new(point.Key, reason));
                }
                else
                {
                    sendable.Add(point);
                }
            }

            var sendableSpectra = new List<SharedSpectrum>();
            foreach (var spectrum in content.Spectra.Where(spectrum => content.Targets.Length == 1 || spectrum.Key.TargetId == target.Id))
            {
                if (TomSpectrum.Fault(spectrum.Spectrum) is { } reason)
                {
                    leftOut.Add(new(spectrum.Key, reason, IsSpectrum: true));
                }
                else
                {
                    sendableSpectra.Add(spectrum);
                }
            }

            var isFirst = true;
            foreach (var file in content.Files.Where(file => file.TargetId == target.Id))
            {
                parts.Add(MakePart(content, target, [], [], tomName, isFirst, newKey(), file));
                isFirst = false;
            }

            foreach (var (points, spectra) in Chunks(sendable, sendableSpectra))
            {
                parts.Add(MakePart(content, target, points, spectra, tomName, isFirst, newKey()));
                isFirst = false;
            }

            if (isFirst && content.IsOfTargets)
            {
                parts.Add(MakePart(content, target, [], [], tomName, isFirst, newKey()));
            }
        }

        return new(parts.DrainToImmutable(), leftOut.DrainToImmutable());
    }

    private static IEnumerable<(SharedPoint[] Points, SharedSpectrum[] Spectra)> Chunks(List<SharedPoint> points, List<SharedSpectrum> spectra) =>
        points.Chunk(PointsPerPart).Select(chunk => (chunk, Array.Empty<SharedSpectrum>())).Concat(spectra.Chunk(SpectraPerPart).Select(chunk => (Array.Empty<SharedPoint>(), chunk)));

    private static SubmissionPart MakePart(
        ShareContent content, Target target, SharedPoint[] points, SharedSpectrum[] spectra, string tomName, bool isFirst, Guid key, SharedFile? file = null)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("submission", key);
            json.WritePropertyName("target");
            TomTargetBody.Of(target, tomName, content.Lists).WriteTo(json);
            json.WriteBoolean("list", isFirst && !content.IsContinuous);
            json.WriteStartArray("data");
            Array.ForEach(points, point => TomDatum.WriteTo(json, point.Point, tomName));
            Array.ForEach(spectra, spectrum => TomSpectrum.WriteTo(json, spectrum.Spectrum, tomName));
            json.WriteEndArray();
            if (file is not null)
            {
                TomFiles.WriteTo(json, file, tomName);
            }

            json.WriteEndObject();
        }

        return new(key, buffer.WrittenSpan.ToArray(), [.. points.Select(point => point.Key)]) { Spectra = [.. spectra.Select(spectrum => spectrum.Key)], IsFile = file is not null };
    }
}
