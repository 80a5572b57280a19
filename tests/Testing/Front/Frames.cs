using System.Buffers.Binary;
using System.Text;

namespace TomOrleans.Testing.Front;

/// <summary>The little of the Kafka protocol that a front has to know: frames, the head of a request, three answers.</summary>
internal static class Frames
{
    public const short SaslHandshake = 17;
    public const short ApiVersions = 18;
    public const short SaslAuthenticate = 36;
    private const short None = 0;
    private const short UnsupportedMechanism = 33;
    private const short AuthenticationFailed = 58;

    /// <summary>The frame without its length; null at the end of the stream.</summary>
    public static async Task<byte[]?> ReadAsync(Stream stream, CancellationToken ct)
    {
        var length = new byte[4];
        if (await stream.ReadAtLeastAsync(length, 4, throwOnEndOfStream: false, ct) < 4)
        {
            return null;
        }

        var frame = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
        await stream.ReadExactlyAsync(frame, ct);
        return frame;
    }

    public static async Task WriteAsync(Stream stream, byte[] frame, CancellationToken ct)
    {
        var whole = new byte[frame.Length + 4];
        BinaryPrimitives.WriteInt32BigEndian(whole, frame.Length);
        frame.CopyTo(whole, 4);
        await stream.WriteAsync(whole, ct);
        await stream.FlushAsync(ct);
    }

    public static (short Api, short Version, int Correlation) HeadOf(byte[] request) => (
        BinaryPrimitives.ReadInt16BigEndian(request),
        BinaryPrimitives.ReadInt16BigEndian(request.AsSpan(2)),
        BinaryPrimitives.ReadInt32BigEndian(request.AsSpan(4)));

    public static int CorrelationOf(byte[] response) => BinaryPrimitives.ReadInt32BigEndian(response);

    /// <summary>What follows the client's name, in requests of the older form (both SASL requests are, in the versions we admit to).</summary>
    public static ReadOnlySpan<byte> BodyOf(byte[] request)
    {
        var name = BinaryPrimitives.ReadInt16BigEndian(request.AsSpan(8));
        return request.AsSpan(10 + Math.Max(name, (short)0));
    }

    public static string MechanismOf(byte[] request) => Encoding.UTF8.GetString(BodyOf(request)[2..]);

    public static byte[] SaslMessageOf(byte[] request) => BodyOf(request)[4..].ToArray();

    public static byte[] HandshakeAnswer(int correlation, bool isKnown, string mechanism) =>
        new Writer().Int32(correlation).Int16(isKnown ? None : UnsupportedMechanism).Int32(1).Text(mechanism).ToArray();

    public static byte[] AuthenticateAnswer(int correlation, short version, SaslAnswer answer, DateTimeOffset now)
    {
        var writer = new Writer().Int32(correlation).Int16(answer.Error is null ? None : AuthenticationFailed).Text(answer.Error).Bytes(answer.Answer);
        return (version == 0 ? writer : writer.Int64(answer.Until is { } until ? Math.Max(1, (long)(until - now).TotalMilliseconds) : 0)).ToArray();
    }

    /// <summary>The broker's list of what it knows, with the two SASL requests, which it does not.</summary>
    public static byte[] WithSasl(byte[] response, short version)
    {
        var more = new (short Api, short Max)[] { (SaslHandshake, 1), (SaslAuthenticate, 1) };
        if (BinaryPrimitives.ReadInt16BigEndian(response.AsSpan(4)) != None)
        {
            return response;
        }

        var writer = new Writer();
        writer.Raw(response.AsSpan(0, 6));
        if (version >= 3)
        {
            // One byte holds the count plus one up to 126 entries; two do beyond.
            var wide = response[6] > 127;
            var count = wide ? (response[6] & 127) | (response[7] << 7) : response[6];
            writer.Varint(count + more.Length);
            foreach (var (api, max) in more)
            {
                writer.Int16(api).Int16(0).Int16(max).Raw([0]);
            }

            return writer.Raw(response.AsSpan(wide ? 8 : 7)).ToArray();
        }

        writer.Int32(BinaryPrimitives.ReadInt32BigEndian(response.AsSpan(6)) + more.Length);
        foreach (var (api, max) in more)
        {
            writer.Int16(api).Int16(0).Int16(max);
        }

        return writer.Raw(response.AsSpan(10)).ToArray();
    }

    private sealed class Writer
    {
        private readonly List<byte> _bytes = [];

        public byte[] ToArray() => [.. _bytes];

        public Writer Raw(ReadOnlySpan<byte> bytes)
        {
            _bytes.AddRange(bytes);
            return this;
        }

        public Writer Int16(short value)
        {
            Span<byte> bytes = stackalloc byte[2];
            BinaryPrimitives.WriteInt16BigEndian(bytes, value);
            return Raw(bytes);
        }

        public Writer Int32(int value)
        {
            Span<byte> bytes = stackalloc byte[4];
            BinaryPrimitives.WriteInt32BigEndian(bytes, value);
            return Raw(bytes);
        }

        public Writer Int64(long value)
        {
            Span<byte> bytes = stackalloc byte[8];
            BinaryPrimitives.WriteInt64BigEndian(bytes, value);
            return Raw(bytes);
        }

        public Writer Varint(int value) => value < 128 ? Raw([(byte)value]) : Raw([(byte)(value | 128), (byte)(value >> 7)]);

        public Writer Text(string? text) => text is null ? Int16(-1) : Int16((short)Encoding.UTF8.GetByteCount(text)).Raw(Encoding.UTF8.GetBytes(text));

        public Writer Bytes(byte[] bytes) => Int32(bytes.Length).Raw(bytes);
    }
}
