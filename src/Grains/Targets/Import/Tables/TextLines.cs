using System.Text;

namespace TomOrleans.Grains.Targets.Import.Tables;

/// <summary>The text of a file, and its lines.</summary>
internal static class TextLines
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Decodes UTF-8, or UTF-16 with a byte order mark. Throws <see cref="UnreadableFileException"/> for anything else: nothing is read as letters that it may not mean.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            throw new UnreadableFileException("is empty");
        }

        if (bytes.StartsWith("SIMPLE  ="u8))
        {
            throw new UnreadableFileException("is a FITS file, which is not read here: write its table as ECSV (astropy: Table.read('x.fits').write('x.ecsv')), or keep the file as a data product of the target");
        }

        if (bytes.StartsWith<byte>([0x1F, 0x8B]) || bytes.StartsWith("PK\u0003\u0004"u8))
        {
            throw new UnreadableFileException("is compressed or binary: unpack it, or save it as text, first");
        }

        try
        {
            if (bytes.StartsWith<byte>([0xFF, 0xFE]))
            {
                return new UnicodeEncoding(false, true, true).GetString(bytes[2..]);
            }

            if (bytes.StartsWith<byte>([0xFE, 0xFF]))
            {
                return new UnicodeEncoding(true, true, true).GetString(bytes[2..]);
            }

            var text = StrictUtf8.GetString(bytes.StartsWith<byte>([0xEF, 0xBB, 0xBF]) ? bytes[3..] : bytes);
            return text.Contains('\0', StringComparison.Ordinal) ? throw new UnreadableFileException("is binary, not text") : text;
        }
        catch (DecoderFallbackException fault)
        {
            throw new UnreadableFileException($"is not UTF-8 text (byte {fault.Index:N0}): save it as UTF-8 first");
        }
    }

    /// <summary>The lines with their numbers from 1, and where the next one begins.</summary>
    public static IEnumerable<(int Number, string Text, int Next)> Of(string text)
    {
        var number = 0;
        for (var from = 0; from < text.Length;)
        {
            var end = text.AsSpan(from).IndexOfAny('\r', '\n');
            var to = end < 0 ? text.Length : from + end;
            var next = Math.Min(text.Length, to + (to + 1 < text.Length && text[to] == '\r' && text[to + 1] == '\n' ? 2 : 1));
            yield return (++number, text[from..to], next);
            from = next;
        }
    }
}
