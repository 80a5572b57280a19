using TomOrleans.Silo.Configuration.Live;
using TomOrleans.Silo.Configuration.Reading;

namespace TomOrleans.Silo.Tests.Configuration;

public sealed class SettingComparisonTests
{
    private const string First = """{ "NAME": "kafka", "ID": "first", "OPTIONS": { "BOOTSTRAP_SERVERS": "one:9092", "CONFIG": { "sasl.password": "${P1}" }, "TOPIC_HANDLERS": { "a": "log" } } }""";
    private const string Second = """{ "NAME": "kafka", "ID": "second", "OPTIONS": { "BOOTSTRAP_SERVERS": "two:9092", "TOPIC_HANDLERS": { "b": "log" } } }""";

    [Fact]
    public void Moving_a_stream_changes_nothing()
    {
        var comparison = new SettingComparison(Reading($"{First}, {Second}"), Reading($"{Second}, {First}"));

        Assert.Empty(comparison.Live);
        Assert.Empty(comparison.AtStart);
    }

    [Fact]
    public void Only_the_stream_that_changed_is_named()
    {
        var comparison = new SettingComparison(Reading($"{First}, {Second}"), Reading($"{First}, {Second.Replace("\"log\"", "\"heartbeat\"", StringComparison.Ordinal)}"));

        Assert.Equal(["second"], comparison.Streams);
        Assert.All(comparison.Live, change => Assert.StartsWith("ALERT_STREAMS[second].OPTIONS.TOPIC_HANDLERS", change.Key, StringComparison.Ordinal));
    }

    [Fact]
    public void A_stream_that_is_gone_and_one_that_is_new_are_both_named() =>
        Assert.Equal(["first", "second"], new SettingComparison(Reading(First), Reading(Second)).Streams.Order());

    [Fact]
    public void A_changed_secret_is_a_change_that_shows_nothing()
    {
        var comparison = new SettingComparison(Reading(First, "sesame"), Reading(First, "trousers"));

        var change = Assert.Single(comparison.Live);
        Assert.Equal(("ALERT_STREAMS[first].OPTIONS.CONFIG[\"sasl.password\"]", "(set)", "(set)"), (change.Key, change.Before, change.After));
        Assert.DoesNotContain("sesame", string.Join('\n', SettingComparison.Shared(Reading(First, "sesame"))), StringComparison.Ordinal);
    }

    [Fact]
    public void Destinations_are_named_as_they_stand()
    {
        var before = Read.Text("""{ "DATA_SHARING": { "my.hermes": { "BASE_URL": "https://one.example/", "HERMES_API_KEY": "k" }, "hermes": { "BASE_URL": "https://two.example/", "HERMES_API_KEY": "k" } } }""");
        var after = Read.Text("""{ "DATA_SHARING": { "my.hermes": { "BASE_URL": "https://three.example/", "HERMES_API_KEY": "k" }, "hermes": { "BASE_URL": "https://two.example/", "HERMES_API_KEY": "l" } } }""");

        Assert.Equal(["hermes", "my.hermes"], new SettingComparison(before, after).Destinations.Order());
    }

    [Fact]
    public void What_counts_only_at_a_start_is_told_apart_and_what_each_host_has_of_its_own_need_not_agree()
    {
        var before = Read.Text("""{ "TOM_NAME": "One", "CLUSTER": { "SILO_PORT": 11111, "CLUSTER_ID": "night" } }""");
        var after = Read.Text("""{ "TOM_NAME": "Two", "CLUSTER": { "SILO_PORT": 11112, "CLUSTER_ID": "day" } }""");

        var comparison = new SettingComparison(before, after);
        Assert.Empty(comparison.Live);
        Assert.Superset(new HashSet<string> { "TOM_NAME", "CLUSTER.SILO_PORT", "CLUSTER.CLUSTER_ID" }, comparison.AtStart.Select(change => change.Key).ToHashSet());
        var shared = SettingComparison.Shared(after);
        Assert.Contains("CLUSTER.CLUSTER_ID = day", shared);
        Assert.DoesNotContain(shared, line => line.StartsWith("CLUSTER.SILO_PORT", StringComparison.Ordinal) || line.StartsWith("HTTP", StringComparison.Ordinal));
    }

    [Fact]
    public void Files_of_each_host_need_not_agree_and_topics_that_sound_like_them_must()
    {
        var authority = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.pem");
        File.WriteAllText(authority, "-----BEGIN CERTIFICATE-----");
        try
        {
            var shared = SettingComparison.Shared(Reading($$"""
                { "NAME": "kafka", "ID": "first", "OPTIONS": { "BOOTSTRAP_SERVERS": "one:9092", "CONFIG": { "ssl.ca.location": "{{authority}}" }, "TOPIC_HANDLERS": { "sky.location": "log", "SSL_CA": "log" } } },
                { "NAME": "kafka", "ID": "second", "OPTIONS": { "BOOTSTRAP_SERVERS": "two:9092", "SSL_CA": "{{authority}}", "TOPIC_HANDLERS": { "b": "log" } } }
                """));

            Assert.DoesNotContain(shared, line => line.Contains(authority, StringComparison.Ordinal));
            Assert.Contains(shared, line => line.StartsWith("ALERT_STREAMS[first].OPTIONS.TOPIC_HANDLERS[\"sky.location\"]", StringComparison.Ordinal));
            Assert.Contains(shared, line => line.StartsWith("ALERT_STREAMS[first].OPTIONS.TOPIC_HANDLERS.SSL_CA", StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(authority);
        }
    }

    private static ConfigurationReading Reading(string streams, string password = "sesame")
    {
        var reading = Read.Text($$"""{ "TOM_NAME": "Night", "ALERT_STREAMS": [ {{streams}} ] }""", new() { ["P1"] = password });
        Assert.Empty(reading.Faults);
        return reading;
    }
}
