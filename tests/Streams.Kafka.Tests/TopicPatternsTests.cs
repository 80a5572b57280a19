namespace TomOrleans.Streams.Kafka.Tests;

public sealed class TopicPatternsTests
{
    [Theory]
    [InlineData("hermes.test", "hermes.test")]
    [InlineData("hermes.photometry", "hermes.*")]
    [InlineData("hermes.tests", "hermes.te*")]
    [InlineData("hermesXtest", "*")]
    [InlineData("sys.heartbeat", "*")]
    [InlineData("_private", "*")]
    [InlineData("_", "*")]
    [InlineData("__consumer_offsets", null)]
    public void An_exact_name_wins_then_the_longest_pattern(string topic, string? expected)
    {
        var patterns = new TopicPatterns(["*", "hermes.*", "hermes.test", "hermes.te*"]);
        Assert.Equal(expected, patterns.Match(topic));
    }

    [Theory]
    [InlineData("*.alerts", "ztf.alerts", true)]
    [InlineData("*.alerts", ".alerts", true)]
    [InlineData("*.alerts", "ztf.alerts.old", false)]
    [InlineData("*.alerts", "ztfxalerts", false)]
    [InlineData("gcn.*.text.*", "gcn.classic.text.FERMI", true)]
    [InlineData("gcn.*.text.*", "gcn.classic.voevent.FERMI", false)]
    [InlineData("a*", "a", true)]
    [InlineData("**", "a", true)]
    [InlineData("*_alerts", "__alerts", false)]
    [InlineData("*_alerts", "_alerts", true)]
    [InlineData("_*", "__x", false)]
    [InlineData("__*", "__x", true)]
    [InlineData("__x", "__x", true)]
    public void A_star_stands_for_any_text_but_opens_no_internal_topic(string pattern, string topic, bool matches) =>
        Assert.Equal(matches, new TopicPatterns([pattern]).Match(topic) is not null);

    [Fact]
    public void Equally_long_patterns_are_decided_the_same_way_whatever_their_order()
    {
        Assert.Equal("*.b", new TopicPatterns(["a.*", "*.b"]).Match("a.b"));
        Assert.Equal("*.b", new TopicPatterns(["*.b", "a.*"]).Match("a.b"));
    }

    [Fact]
    public void Names_are_subscribed_as_they_are_and_patterns_as_anchored_expressions()
    {
        var patterns = new TopicPatterns(["hermes.*", "b", "*", "a", "a"]);
        Assert.Equal(["a", "b", "^hermes\\..*$", "^(_?[^_].*|_)$"], patterns.Subscription);
        Assert.Equal(["a", "b"], patterns.Names);
        Assert.True(patterns.HasPatterns);
        Assert.False(new TopicPatterns(["a"]).HasPatterns);
    }

    [Fact]
    public void Internal_topics_are_kept_out_unless_one_is_asked_for()
    {
        Assert.Equal("^__.*", new TopicPatterns(["*"]).Blacklist);
        Assert.Null(new TopicPatterns(["*", "__consumer_offsets"]).Blacklist);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("^a.*")]
    [InlineData("..")]
    [InlineData("a\n")]
    [InlineData("größe")]
    public void What_no_topic_can_be_called_is_refused_by_name(string topic)
    {
        var refusal = Assert.Throws<ArgumentException>(() => new TopicPatterns(["fine", topic]));
        Assert.Contains($"'{topic}'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_topic_at_all_is_refused() => Assert.Throws<ArgumentException>(() => new TopicPatterns([]));
}
