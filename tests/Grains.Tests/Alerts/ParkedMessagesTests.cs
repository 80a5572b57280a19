using System.Collections.Immutable;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts;

namespace TomOrleans.Grains.Tests.Alerts;

public sealed class ParkedMessagesTests
{
    [Fact]
    public void Headers_of_any_bytes_and_repeated_names_survive()
    {
        ImmutableArray<MessageHeader> headers =
        [
            new("_id", new byte[] { 0, 1, 255, 0 }),
            new("título", ReadOnlyMemory<byte>.Empty),
            new("_id", new byte[] { 7 }),
        ];

        var read = HeaderBytes.Read(HeaderBytes.Write(headers));

        Assert.Equal(headers.Select(header => (header.Name, Convert.ToHexString(header.Value.Span))), read.Select(header => (header.Name, Convert.ToHexString(header.Value.Span))));
    }

    [Fact]
    public void No_headers_are_no_bytes() => Assert.Empty(HeaderBytes.Read(HeaderBytes.Write([])));
}
