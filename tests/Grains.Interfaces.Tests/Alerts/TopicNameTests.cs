using TomOrleans.Alerts;

namespace TomOrleans.Grains.Interfaces.Tests.Alerts;

public sealed class TopicNameTests
{
    [Theory]
    [InlineData("hopskotch/hermes.test")]
    [InlineData("a/b")]
    public void A_topic_name_reads_back_as_it_was_written(string text) => Assert.Equal(text, TopicName.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("topic")]
    [InlineData("stream/")]
    [InlineData("/topic")]
    [InlineData("stream/topic/0")]
    public void Anything_else_is_refused(string text) => Assert.Throws<FormatException>(() => TopicName.Parse(text));

    [Fact]
    public void Keys_of_partition_and_handler_read_back()
    {
        var key = new HandlerKey(new(new("hopskotch", "hermes.test"), 12), "my-handler");
        Assert.Equal("hopskotch/hermes.test/12/my-handler", key.ToString());
        Assert.Equal(key, HandlerKey.Parse(key.ToString()));
        Assert.Equal(key.Partition, TopicPartitionName.Parse("hopskotch/hermes.test/12"));
    }

    [Theory]
    [InlineData("hopskotch/hermes.test")]
    [InlineData("hopskotch/hermes.test/x")]
    public void A_partition_without_number_is_refused(string text) => Assert.Throws<FormatException>(() => TopicPartitionName.Parse(text));
}
