using TomOrleans.Grains.Notices;
using TomOrleans.Notices;
using TomOrleans.Sharing;

namespace TomOrleans.Grains.Tests.Notices;

/// <summary>What of a destination a person should know.</summary>
public sealed class NoticeScoutTests
{
    [Fact]
    public void Rejected_and_unconfirmed_shares_and_a_destination_that_paused_itself_are_told_of()
    {
        var found = NoticeScout.Conditions(Hermes with { State = "paused: no answer\nwithin 60 s", Rejected = 2, Unconfirmed = 1 }).ToDictionary(condition => condition.Kind);

        Assert.Equal(["destination", "rejected", "unconfirmed"], found.Keys.Order());
        Assert.All(found.Values, condition => Assert.Equal(("hermes", NoticeLevel.Alarm), (condition.Subject, condition.Level)));
        Assert.Equal("hermes is paused: no answer within 60 s", found["destination"].Text);
        Assert.Equal((2, 2, true), (found["rejected"].Count, found["rejected"].Mark, found["rejected"].IsPast));
        Assert.StartsWith("2 shares rejected by hermes", found["rejected"].Text, StringComparison.Ordinal);
        Assert.StartsWith("1 share to hermes unconfirmed", found["unconfirmed"].Text, StringComparison.Ordinal);
        Assert.False(found["unconfirmed"].IsPast);
    }

    [Theory]
    [InlineData("ready")]
    [InlineData("sending")]
    [InlineData("backing off: 503")]
    [InlineData("paused by anna")]
    public void What_mends_itself_and_what_a_person_did_is_no_news(string state) => Assert.Empty(NoticeScout.Conditions(Hermes with { State = state }));

    private static DestinationStatus Hermes => new()
    {
        Name = "hermes",
        DisplayName = "Hermes",
        Kind = "hermes",
        State = "ready",
        Topics = [],
        Queued = 3,
        Delivered = 4,
        Rejected = 0,
        Unconfirmed = 0,
    };
}
