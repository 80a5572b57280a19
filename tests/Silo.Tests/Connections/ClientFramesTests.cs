using System.Buffers;
using System.Text;
using TomOrleans.Connections;

namespace TomOrleans.Silo.Tests.Connections;

public sealed class ClientFramesTests
{
    private static readonly byte[] Greeting = [3, 0, 0, 0, 1, 2, 3];

    [Fact]
    public void Messages_of_one_client_pass_in_whatever_pieces_they_come()
    {
        byte[] stream = [.. Greeting, .. Message("sys.client", "one"), .. Message("sys.client", "one+observer", body: 5_000), .. Message("sys.client", "one")];
        foreach (var piece in new[] { 1, 7, 100, stream.Length })
        {
            Assert.Equal(stream, Passed(stream, piece));
        }
    }

    [Theory]
    [InlineData("target", "5")]
    [InlineData("sys.svc.membership", "one")]
    [InlineData("sys.client", "two")]
    [InlineData("", "")]
    [InlineData("sys.client", "hosted-127.0.0.1:11111@1")]
    public void What_another_sender_is_written_in_never_passes(string kind, string key)
    {
        byte[] good = [.. Greeting, .. Message("sys.client", "one")];
        var frames = new ClientFrames();
        Assert.Equal(good.Length, frames.Judge(new(good)));

        Assert.Throws<ForgedSenderException>(() => frames.Judge(new(Message(kind, key))));
    }

    [Fact]
    public void Nobody_begins_as_the_client_of_a_silo()
    {
        var frames = new ClientFrames();
        frames.Judge(new(Greeting));

        Assert.Throws<ForgedSenderException>(() => frames.Judge(new(Message("sys.client", "hosted-127.0.0.1:11111@1"))));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(int.MaxValue, 0)]
    [InlineData(10, -1)]
    public void Lengths_that_cannot_be_are_refused(int head, int body)
    {
        var frames = new ClientFrames();
        frames.Judge(new(Greeting));

        Assert.Throws<ForgedSenderException>(() => frames.Judge(new([.. BitConverter.GetBytes(head), .. BitConverter.GetBytes(body)])));
    }

    [Fact]
    public void A_head_that_ends_too_early_is_refused()
    {
        var whole = Message("sys.client", "one", body: 0);
        for (var length = 0; length < whole.Length - 8; length++)
        {
            var frames = new ClientFrames();
            frames.Judge(new(Greeting));
            byte[] cut = [.. BitConverter.GetBytes(length), .. BitConverter.GetBytes(0), .. whole[8..(8 + length)]];
            Assert.Throws<ForgedSenderException>(() => frames.Judge(new(cut)));
        }
    }

    private static byte[] Passed(byte[] stream, int piece)
    {
        var frames = new ClientFrames();
        var (passed, waiting) = (new List<byte>(), new List<byte>());
        foreach (var bytes in stream.Chunk(piece))
        {
            waiting.AddRange(bytes);
            var count = (int)frames.Judge(new ReadOnlySequence<byte>(waiting.ToArray()));
            passed.AddRange(waiting[..count]);
            waiting.RemoveRange(0, count);
        }

        return [.. passed];
    }

    private static byte[] Message(string kind, string key, int body = 10)
    {
        byte[] head = [.. new byte[12], .. Id(kind), .. Id(key)];
        return [.. BitConverter.GetBytes(head.Length), .. BitConverter.GetBytes(body), .. head, .. new byte[body]];
    }

    private static byte[] Id(string text) => text.Length == 0 ? [1] : [(byte)((text.Length << 1) | 1), 0, 0, 0, 0, .. Encoding.UTF8.GetBytes(text)];
}
