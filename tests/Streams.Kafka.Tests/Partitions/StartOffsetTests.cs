using TomOrleans.Streams.Kafka.Partitions;

namespace TomOrleans.Streams.Kafka.Tests.Partitions;

public sealed class StartOffsetTests
{
    private static readonly PartitionFacts Facts = new(100, 200, null);

    [Theory]
    [InlineData(100)]
    [InlineData(150)]
    [InlineData(200)]
    public void An_offset_the_broker_has_is_taken_without_a_word(long claimed)
    {
        Assert.Equal(claimed, StartOffset.Clamp(claimed, Facts, out var problem));
        Assert.Null(problem);
    }

    [Theory]
    [InlineData(99, "offsets 99 to 99 are no longer at the broker; reading from 100")]
    [InlineData(0, "offsets 0 to 99 are no longer at the broker; reading from 100")]
    [InlineData(201, "offset 201 is beyond the end 200: the topic was made again; reading from 100")]
    public void Any_other_becomes_the_lowest_and_is_said(long claimed, string expected)
    {
        Assert.Equal(100, StartOffset.Clamp(claimed, Facts, out var problem));
        Assert.Equal(expected, problem);
    }
}
