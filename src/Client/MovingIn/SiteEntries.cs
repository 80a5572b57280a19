using System.Buffers;
using System.Text.Json;

namespace TomOrleans.Client.MovingIn;

/// <summary>The little that must be known of an entry to handle it: the rest is read in the silo. Pure.</summary>
internal static class SiteEntries
{
    /// <summary>A whole number among the members of an entry; null where there is none.</summary>
    public static long? Number(byte[] entry, string member)
    {
        using var document = JsonDocument.Parse(entry);
        return document.RootElement is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty(member, out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt64(out var given)
            ? given
            : null;
    }

    /// <summary>A text among the members of an entry; empty where there is none.</summary>
    public static string Text(byte[] entry, string member)
    {
        using var document = JsonDocument.Parse(entry);
        return document.RootElement is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty(member, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
    }

    /// <summary>Whether an entry has a list of that name with something in it.</summary>
    public static bool HasList(byte[] entry, string member)
    {
        using var document = JsonDocument.Parse(entry);
        return document.RootElement is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty(member, out var list) && list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0;
    }

    public static byte[] Join(IReadOnlyList<byte[]> entries)
    {
        var list = new ArrayBufferWriter<byte>(entries.Sum(entry => entry.Length + 1) + 2);
        list.Write("["u8);
        for (var i = 0; i < entries.Count; i++)
        {
            if (i > 0)
            {
                list.Write(","u8);
            }

            list.Write(entries[i]);
        }

        list.Write("]"u8);
        return list.WrittenSpan.ToArray();
    }
}
