using System.Text;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Decoding;
using TomOrleans.Grains.Targets;

namespace TomOrleans.Grains.Alerts.Gcn;

/// <summary>What the readers of circulars and notices share.</summary>
internal static class GcnText
{
    /// <summary>Names and ids that are longer are none [characters].</summary>
    public const int LongestName = 100;

    /// <summary>The mission of gravitational waves.</summary>
    public const string Waves = "LVK";

    /// <summary>The bytes to read: those inside, where the message is an old hop envelope.</summary>
    public static byte[] Content(Alert alert)
    {
        var begin = Framing.Begin(alert.Value.Span);
        return begin is [(byte)'{', ..] && OldEnvelope.Open(begin) is { } envelope ? envelope.Content : begin.ToArray();
    }

    /// <summary>The content as text, each line ended by a line feed alone.</summary>
    public static string Lines(byte[] content) => Encoding.UTF8.GetString(content).ReplaceLineEndings("\n");

    /// <summary>Null for what is no time that can be read for certain [us since 1970, UTC].</summary>
    public static long? Time(string? text) => TimeReader.TryRead(text.AsSpan(), out var time, out _) ? time.UtcMicroseconds : null;

    public static string? Name(string? text) => FreeText.Clean(text, LongestName);

    /// <summary>A mission in the one spelling that its events are known by: gravitational waves were LVC's and are LVK's, IGWN's and GWNET's, but always the same events.</summary>
    public static string Mission(string? text) => Name(text)?.ToUpperInvariant() switch
    {
        null => "UNKNOWN",
        "LVC" or "LVK" or "IGWN" or "GWNET" => Waves,
        var mission => mission,
    };

    /// <summary>
    /// A position, or null for what is none: zero and zero is how missions say that they have none, SNEWS by an error of the whole sky.
    /// </summary>
    public static GcnPosition? Position(double? rightAscension, double? declination, double? error, double? containment = null) =>
        rightAscension is >= 0 and < 360 && declination is >= -90 and <= 90 && !(rightAscension == 0 && declination == 0)
            ? new(rightAscension.Value, declination.Value, error is > 0 and < 180 ? error : null, containment is > 0 and <= 1 ? containment : null)
            : null;

    public static GcnAlertType Type(string? text) =>
        text is null ? GcnAlertType.Unstated
        : text.Contains("retract", StringComparison.OrdinalIgnoreCase) ? GcnAlertType.Retraction
        : text.Contains("update", StringComparison.OrdinalIgnoreCase) ? GcnAlertType.Update
        : text.Contains("initial", StringComparison.OrdinalIgnoreCase)
            || text.Contains("preliminary", StringComparison.OrdinalIgnoreCase)
            || text.Contains("warning", StringComparison.OrdinalIgnoreCase) ? GcnAlertType.Initial
        : GcnAlertType.Unstated;
}
