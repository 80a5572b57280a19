using System.Globalization;
using TomOrleans.Alerts;

namespace TomOrleans.Client.Input;

/// <summary>Where to read a topic from, as a person gives it.</summary>
internal static class SeekInput
{
    public const string Allowed = "earliest, latest, an offset (a whole number), " + TimeInput.Allowed;

    public static bool TryParse(string text, string? handler, out TopicSeek? seek)
    {
        seek = text switch
        {
            "earliest" => new(handler, SeekTo.Earliest),
            "latest" => new(handler, SeekTo.Latest),
            _ when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var offset) => new(handler, SeekTo.Offset, offset),
            _ when TimeInput.TryParse(text, out var microseconds) => new(handler, SeekTo.Time, microseconds),
            _ => null,
        };
        return seek is not null;
    }
}
