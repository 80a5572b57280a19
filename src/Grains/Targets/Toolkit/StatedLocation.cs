using System.Globalization;
using TomOrleans.Alerts;

namespace TomOrleans.Grains.Targets.Toolkit;

/// <summary>
/// What a sender states as <c>source_location</c>, kept as the place that a datum came from: a place in the stream <c>api</c>. Its last number is kept as the offset, as the text before it is the same for
/// all data of a sender, and such texts are stored once: <c>ReducedDatum shared from https://tom.example/api/reduceddatums/42/</c>. Pure.
/// </summary>
internal static class StatedLocation
{
    /// <summary>What the Toolkit keeps.</summary>
    public const int Longest = 200;

    private const string Stream = "api";

    // Below those of Kafka, which are 0 and more.
    private const int TextAlone = -1;
    private const int Number = -2;
    private const int NumberAndSlash = -3;
    private const int MostDigits = 18;

    /// <summary>Where a datum came from whose sender states no place.</summary>
    public static readonly MessageLocation None = new(Stream, "reduceddatums", 0, 0);

    /// <param name="text">At most <see cref="Longest"/> characters.</param>
    public static MessageLocation Of(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return None;
        }

        var end = text[^1] == '/' ? text.Length - 1 : text.Length;
        var start = end;
        while (start > 0 && end - start < MostDigits && char.IsAsciiDigit(text[start - 1]))
        {
            start--;
        }

        // A zero in front would be lost.
        while (start < end - 1 && text[start] == '0')
        {
            start++;
        }

        return start == end || start == 0
            ? new(Stream, text, TextAlone, 0)
            : new(Stream, text[..start], end < text.Length ? NumberAndSlash : Number, long.Parse(text.AsSpan(start, end - start), CultureInfo.InvariantCulture));
    }

    /// <summary>The text as it was stated; that of a message for what came in one, empty for none.</summary>
    public static string TextOf(MessageLocation? location) =>
        location is null || location == None ? ""
        : location is { Stream: Stream, Partition: TextAlone } ? location.Topic
        : location is { Stream: Stream, Partition: Number or NumberAndSlash }
            ? string.Create(CultureInfo.InvariantCulture, $"{location.Topic}{location.Offset}{(location.Partition == NumberAndSlash ? "/" : "")}")
        : location.ToString();
}
