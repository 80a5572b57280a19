using System.Buffers.Text;
using System.Text.Json;
using TomOrleans.Grains.Alerts.Decoding;

namespace TomOrleans.Grains.Alerts.Hermes;

/// <summary>
/// The key that a TomOrleans gives each submission and Hermes carries through: <c>{"tom_orleans": {"submission":
/// "01234567-89ab-cdef-0123-456789abcdef"}}</c> in <c>data.extra_data</c>. Whoever reads it must still ask who sent it: anybody can write a
/// key.
/// </summary>
internal static class SubmissionKey
{
    /// <summary>The key in this <c>extra_data</c>; null where there is none, or something else in its place.</summary>
    public static Guid? Read(ReadOnlySpan<byte> json, JsonSlice extraData)
    {
        var text = Member(json, Member(json, extraData, "tom_orleans"u8), "submission"u8).In(json);
        return Utf8Parser.TryParse(text, out Guid key, out var read) && read == text.Length ? key : null;
    }

    private static JsonSlice Member(ReadOnlySpan<byte> json, JsonSlice parent, ReadOnlySpan<byte> name)
    {
        if (parent.Type != JsonTokenType.StartObject)
        {
            return default;
        }

        JsonSlice member = default;
        var reader = new Utf8JsonReader(parent.In(json), new JsonReaderOptions { MaxDepth = HermesReader.MaxDepth });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMember = JsonName.Is(in reader, name);
            var value = JsonSlice.Take(ref reader);
            member = isMember ? value with { Start = parent.Start + value.Start } : member;
        }

        return member;
    }
}
