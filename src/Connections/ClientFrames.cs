using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace TomOrleans.Connections;

/// <summary>
/// Reads along what a client sends through a gateway, and only so far as to know whom each message names as its sender: a client of Orleans names itself, a forger would name a grain, a silo, or the
/// client that Orleans hosts in each silo, whose word counts for more. The form is that of Orleans 10: a greeting (length, bytes), then messages (length of the head, length of the body, head, body), whose head begins with 4 bytes of flags, 8 of the
/// message's number, and the sender as kind and key. What has another form is refused.
/// </summary>
public sealed class ClientFrames
{
    private const int LargestGreeting = 1024;
    private const int LargestHead = 1 << 20;
    private const int LengthsOfMessage = 8;
    private const int BeforeSender = 12;
    private const int HashSize = 4;

    private byte[]? _sender;
    private long _passing;
    private bool _greeted;

    /// <summary>Name of the client's process; null before its first message.</summary>
    public string? Sender => _sender is null ? null : Encoding.UTF8.GetString(_sender);

    /// <summary>How many of the bytes may be passed on now; 0 where more are needed to tell. Throws <see cref="ForgedSenderException"/>.</summary>
    public long Judge(ReadOnlySequence<byte> bytes)
    {
        var judged = 0L;
        while (true)
        {
            // What has been judged passes as it comes: a large body is not gathered first.
            var passes = Math.Min(_passing, bytes.Length - judged);
            judged += passes;
            _passing -= passes;
            if (_passing > 0 || !TryJudgeNext(bytes.Slice(judged)))
            {
                return judged;
            }
        }
    }

    private bool TryJudgeNext(ReadOnlySequence<byte> bytes)
    {
        if (!_greeted)
        {
            if (bytes.Length < sizeof(int))
            {
                return false;
            }

            _passing = sizeof(int) + Length(bytes, 0, LargestGreeting);
            _greeted = true;
            return true;
        }

        if (bytes.Length < LengthsOfMessage)
        {
            return false;
        }

        var head = Length(bytes, 0, LargestHead);
        var body = Length(bytes, sizeof(int), int.MaxValue);
        if (bytes.Length < LengthsOfMessage + head)
        {
            return false;
        }

        JudgeHead(bytes.Slice(LengthsOfMessage, head).ToArray());
        _passing = LengthsOfMessage + (long)head + body;
        return true;
    }

    private void JudgeHead(ReadOnlySpan<byte> head)
    {
        var rest = head[Math.Min(BeforeSender, head.Length)..];
        var kind = TakeId(ref rest);
        if (!kind.StartsWith("sys.client"u8))
        {
            throw new ForgedSenderException("it sent a message in the name of somebody who is no client");
        }

        // Observers of a client are its process, a plus sign, and a name of their own.
        var key = TakeId(ref rest);
        var process = key.IndexOf((byte)'+') is >= 0 and var end ? key[..end] : key;
        if (process.StartsWith("hosted-"u8))
        {
            throw new ForgedSenderException("it sent a message in the name of a silo's own client");
        }

        _sender ??= process.ToArray();
        if (!process.SequenceEqual(_sender))
        {
            throw new ForgedSenderException("it sent messages in the name of another client");
        }
    }

    private static ReadOnlySpan<byte> TakeId(ref ReadOnlySpan<byte> rest)
    {
        // A length of up to 7 bits is one byte with its lowest bit set, one of up to 14 bits two that end in 10; no id of a client is longer.
        var (length, size) = rest switch
        {
            [var one, ..] when (one & 1) == 1 => (one >> 1, 1),
            [var one, var two, ..] when (one & 3) == 2 => ((one | (two << 8)) >> 2, 2),
            _ => (0, 0),
        };
        if (length == 0 || rest.Length < size + HashSize + length)
        {
            throw new ForgedSenderException("it sent a message without a sender, or of a form that this version does not know");
        }

        var id = rest.Slice(size + HashSize, length);
        rest = rest[(size + HashSize + length)..];
        return id;
    }

    private static int Length(ReadOnlySequence<byte> bytes, int at, int largest)
    {
        Span<byte> number = stackalloc byte[sizeof(int)];
        bytes.Slice(at, sizeof(int)).CopyTo(number);
        var length = BinaryPrimitives.ReadInt32LittleEndian(number);
        return length >= 0 && length <= largest ? length : throw new ForgedSenderException("it sent something that is no message of Orleans");
    }
}

/// <summary>A client sent what no client of Orleans sends.</summary>
public sealed class ForgedSenderException(string message) : Exception(message);
