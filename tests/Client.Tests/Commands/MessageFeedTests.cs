using TomOrleans.Alerts;
using TomOrleans.Client.Commands;

namespace TomOrleans.Client.Tests.Commands;

public sealed class MessageFeedTests
{
    private readonly MessageFeed _feed = new();

    [Fact]
    public void What_was_shown_is_not_shown_again()
    {
        Assert.Equal([5, 6, 7], Shown(5, 6, 7));
        Assert.Equal([8], Shown(5, 6, 7, 8));
        Assert.Empty(Shown(6, 7, 8));
    }

    [Fact]
    public void A_message_that_another_silo_finished_later_is_shown_although_a_higher_one_was()
    {
        Shown(10, 12);

        Assert.True(_feed.After < 11, "the next page begins above it");
        Assert.Equal([11, 13], Shown(10, 11, 12, 13));
    }

    [Fact]
    public void What_lies_below_the_first_page_was_not_asked_for()
    {
        Shown(1_000, 1_001);

        Assert.Equal(801, _feed.After);
        Assert.Equal([1_002], Shown(900, 999, 1_000, 1_001, 1_002));
    }

    [Fact]
    public void An_empty_log_is_followed_from_its_beginning()
    {
        Assert.Empty(Shown());
        Assert.Equal(0, _feed.After);
        Assert.Equal([1, 2], Shown(1, 2));
    }

    [Fact]
    public void Its_memory_is_bounded_and_forgets_nothing_that_a_page_may_bring_again()
    {
        for (var first = 1; first < 20_000; first += MessageFeed.Window)
        {
            Assert.Equal(MessageFeed.Window, Shown([.. Enumerable.Range(first, MessageFeed.Window).Select(number => (long)number)]).Length);
            Assert.Empty(Shown([.. Enumerable.Range(first + MessageFeed.Window - 200, 200).Select(number => (long)number)]));
        }
    }

    private long[] Shown(params long[] numbers) => [.. _feed.New(numbers.Select(Message)).Select(message => message.Number)];

    private static KeptMessage Message(long number) => new()
    {
        Number = number,
        Location = new("hop", "hermes.test", 0, number),
        TimestampMicroseconds = number,
        KeptMicroseconds = number,
        Format = AlertFormat.Text,
        Size = 1,
    };
}
