using System.Text;
using TomOrleans.Streams.Kafka.Native;

namespace TomOrleans.Streams.Kafka.Tests.Native;

public sealed class NameTests
{
    [Fact]
    public void The_same_text_is_the_same_string()
    {
        var table = new NameTable();
        Assert.Same(table.Get("_sender"u8), table.Get("_sender"u8));
        Assert.Equal("größe", table.Get("größe"u8));
        Assert.Equal("", table.Get(""u8));
    }

    [Fact]
    public void Many_texts_and_long_ones_are_never_mistaken_for_each_other()
    {
        var table = new NameTable();
        for (var i = 0; i < 10_000; i++)
        {
            var text = (i % 7 == 0 ? new string('x', 300) : "") + (i % 5_000);
            Assert.Equal(text, table.Get(Encoding.UTF8.GetBytes(text)));
        }
    }

    [Fact]
    public void The_same_names_in_the_same_order_are_the_same_array()
    {
        var names = new HeaderNames();
        var first = names.Get(["_id", "_sender"]);
        Assert.Same(first, names.Get(["_id", "_sender"]));
        Assert.Equal(["_sender", "_id"], names.Get(["_sender", "_id"]));
        Assert.Equal(["_id"], names.Get(["_id"]));

        // Of equal length and end: in the same place.
        Assert.Equal(["_xd", "_sender"], names.Get(["_xd", "_sender"]));
        Assert.Equal(["_id", "_sender"], names.Get(["_id", "_sender"]));
    }

    [Fact]
    public void Headers_beyond_the_last_are_refused()
    {
        var headers = RecordHeaders.Of([new("a", [1])]);
        Assert.Throws<IndexOutOfRangeException>(() => headers[1]);
        Assert.Throws<IndexOutOfRangeException>(() => default(RecordHeaders)[0]);
    }
}
