using TomOrleans.Grains.Sharing.Hermes;
using TomOrleans.Silo.Configuration;
using TomOrleans.Silo.Hosting;

namespace TomOrleans.Silo.Tests.Configuration;

public sealed class DestinationTests
{
    private static string Entry(string name, string details) => $$"""{ "DATA_SHARING": { "{{name}}": { {{details}} } } }""";

    [Theory]
    [InlineData("hermes.lco.global/")]
    [InlineData("ftp://hermes.lco.global/")]
    [InlineData("https://hermes.lco.global")]
    [InlineData("https://hermes.lco.global/api")]
    [InlineData("https://hermes.lco.global/?a=/")]
    [InlineData("https://anna:trousers@hermes.lco.global/")]
    [InlineData("")]
    public void BASE_URL_is_a_web_address_that_ends_in_a_slash(string url)
    {
        var fault = Read.Fault(Entry("hermes", $"\"BASE_URL\": \"{url}\", \"HERMES_API_KEY\": \"k\""));

        Assert.StartsWith("tom.json: DATA_SHARING.hermes.BASE_URL: ", fault, StringComparison.Ordinal);
        Assert.EndsWith("allowed: an http:// or https:// URL that ends in /, without user name, ? and #", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("trousers", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_destination_with_hermes_in_its_name_is_a_Hermes_with_settings_of_its_own()
    {
        var destination = Assert.Single(Read.Configuration(Entry("My-HERMES.dev", "\"BASE_URL\": \"http://127.0.0.1:8000/sub/\", \"HERMES_API_KEY\": \"k\"")).Destinations);

        Assert.Equal((DestinationKind.Hermes, "My-HERMES.dev", "My-HERMES.dev"), (destination.Kind, destination.Name, destination.DisplayName));
        Assert.Null(destination.DefaultAuthors);
        Assert.Empty(destination.UserTopics);
    }

    [Fact]
    public void A_Hermes_key_elsewhere_is_refused_with_the_reason()
    {
        var fault = Read.Fault(Entry("lco", "\"BASE_URL\": \"https://hermes.lco.global/\", \"HERMES_API_KEY\": \"trousers\", \"DEFAULT_AUTHORS\": \"A\""));

        Assert.StartsWith("tom.json: DATA_SHARING.lco.HERMES_API_KEY: given for a destination without hermes in its name, which is another TOM", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("trousers", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Dialects_are_of_the_destination_and_of_single_topics()
    {
        var options = Assert.Single(Destinations.Of(Read.Configuration(Entry(
            "hermes",
            "\"BASE_URL\": \"https://hermes.lco.global/\", \"HERMES_API_KEY\": \"k\", \"DIALECT\": \"toolkit2\", \"DIALECTS\": { \"fritz.test\": \"skyportal\" }, \"RETRY_PAUSE\": 0.5"))));

        Assert.Equal((HermesDialect.SkyPortal, HermesDialect.Toolkit2), (options.DialectOf("fritz.test"), options.DialectOf("hermes.test")));
        Assert.Equal((TimeSpan.FromSeconds(0.5), null), (options.Retry.Shortest, options.ConfirmStream));
    }

    [Theory]
    [InlineData("\"KIND\": \"kafka\", \"BOOTSTRAP_SERVERS\": \"b:9092\"")]
    [InlineData("\"KIND\": \"hopskotch\", \"URL\": \"kafka://k.example.org/\", \"USERNAME\": \"anna\", \"PASSWORD\": \"trousers\"")]
    public void Dialects_are_of_brokers_too(string broker)
    {
        var options = Assert.Single(Destinations.Of(Read.Configuration(Entry("ours", $"{broker}, \"DIALECT\": \"toolkit2\", \"DIALECTS\": {{ \"fritz.test\": \"skyportal\" }}"))));

        Assert.Equal((HermesDialect.SkyPortal, HermesDialect.Toolkit2), (options.DialectOf("fritz.test"), options.DialectOf("hermes.test")));
    }

    [Theory]
    [InlineData("\"DIALECT\": \"klingon\"", "DATA_SHARING.hermes.DIALECT: \"klingon\" given; allowed: toolkit or toolkit2 or skyportal")]
    [InlineData("\"CONFIRM_STREAM\": \"nowhere\"", "DATA_SHARING.hermes.CONFIRM_STREAM: \"nowhere\" is no active stream; allowed: none")]
    [InlineData("\"LOOKUP_PATIENCE\": 0", "DATA_SHARING.hermes.LOOKUP_PATIENCE")]
    public void What_a_Hermes_cannot_be_told_is_refused(string setting, string words) =>
        Assert.Contains(words, Read.Fault(Entry("hermes", $"\"BASE_URL\": \"https://hermes.lco.global/\", \"HERMES_API_KEY\": \"k\", {setting}")), StringComparison.Ordinal);

    [Theory]
    [InlineData("hermes:topic")]
    [InlineData("my hermes")]
    [InlineData("hermes/x")]
    public void The_name_of_a_destination_is_as_legal_as_that_of_a_topic(string name)
    {
        Assert.Contains("the name of the destination; allowed: 1 to 249", Read.Fault(Entry(name, "\"BASE_URL\": \"http://h/\", \"HERMES_API_KEY\": \"k\"")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"hermes.test\"", "USER_TOPICS: \"hermes.test\" given; allowed: a list of texts")]
    [InlineData("[\"hermes.*\"]", "USER_TOPICS[0]: \"hermes.*\" given; allowed: 1 to 249")]
    [InlineData("[\"a\", \"a\"]", "USER_TOPICS[1]: \"a\" given; allowed: each only once")]
    [InlineData("[1]", "USER_TOPICS[0]: the number 1 given")]
    public void USER_TOPICS_is_a_list_of_topics(string topics, string words)
    {
        var details = $"\"BASE_URL\": \"http://h/\", \"HERMES_API_KEY\": \"k\", \"USER_TOPICS\": {topics}";

        Assert.Contains(words, Read.Fault(Entry("hermes", details)), StringComparison.Ordinal);
    }

    [Fact]
    public void Hermes_needs_its_key()
    {
        Assert.StartsWith("tom.json: DATA_SHARING.hermes.HERMES_API_KEY: missing", Read.Fault(Entry("hermes", "\"BASE_URL\": \"http://h/\"")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\" trousers\"")]
    [InlineData("\"trousers\\n\"")]
    [InlineData("12345678")]
    public void A_secret_that_was_cut_out_badly_is_refused_unseen(string secret)
    {
        var fault = Read.Fault(Entry("hermes", $"\"BASE_URL\": \"http://h/\", \"HERMES_API_KEY\": {secret}"));

        Assert.StartsWith("tom.json: DATA_SHARING.hermes.HERMES_API_KEY: ", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("trousers", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("1234", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_Python_class_cannot_be_named()
    {
        var details = "\"BASE_URL\": \"http://h/\", \"HERMES_API_KEY\": \"k\", \"DATA_CONVERTER_CLASS\": \"my.Converter\"";

        Assert.Contains("DATA_CONVERTER_CLASS: names a Python class", Read.Fault(Entry("hermes", details)), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_TOM_has_an_account_and_makes_targets_unless_told_otherwise()
    {
        const string Account = "\"BASE_URL\": \"http://other/\", \"USERNAME\": \"anna\", \"PASSWORD\": \"trousers\"";
        var usual = Assert.Single(Read.Configuration(Entry("not-my-tom", Account)).Destinations);
        var careful = Assert.Single(Read.Configuration(Entry("not-my-tom", $"{Account}, \"CREATE_TARGETS\": \"never\"")).Destinations);

        Assert.Equal((DestinationKind.Tom, "anna", "trousers", true), (usual.Kind, usual.UserName, usual.Password!.Reveal(), usual.CreateTargets));
        Assert.False(careful.CreateTargets);
        Assert.Contains("not-my-tom.PASSWORD: missing", Read.Fault(Entry("not-my-tom", "\"BASE_URL\": \"http://other/\", \"USERNAME\": \"anna\"")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_kind_may_be_said_against_the_name()
    {
        var destination = Assert.Single(Read.Configuration(Entry("lco", "\"KIND\": \"hermes\", \"BASE_URL\": \"http://h/\", \"HERMES_API_KEY\": \"k\"")).Destinations);

        Assert.Equal(DestinationKind.Hermes, destination.Kind);
        Assert.Contains("KIND: \"Hermes\" given; allowed: hermes or tom or kafka or hopskotch", Read.Fault(Entry("lco", "\"KIND\": \"Hermes\", \"BASE_URL\": \"http://h/\", \"HERMES_API_KEY\": \"k\"")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_broker_is_a_destination_in_the_words_of_a_stream()
    {
        var kafka = Assert.Single(Read.Configuration(Entry("ours", "\"KIND\": \"kafka\", \"BOOTSTRAP_SERVERS\": \"b:9092\", \"CONFIG\": { \"message.max.bytes\": \"2000000\" }")).Destinations);
        var hopskotch = Assert.Single(Read.Configuration(Entry("ours", "\"KIND\": \"hopskotch\", \"URL\": \"kafka://k.example.org/\", \"USERNAME\": \"anna\", \"PASSWORD\": \"trousers\"")).Destinations);

        Assert.Equal([("bootstrap.servers", "b:9092"), ("message.max.bytes", "2000000")], kafka.Client.Select(property => (property.Name, property.Value)));
        Assert.Contains(hopskotch.Client, property => property is { Name: "sasl.mechanism", Value: "SCRAM-SHA-512" });
        Assert.Contains(hopskotch.Client, property => property is { Name: "sasl.password", Value: "trousers" });
        Assert.DoesNotContain("trousers", hopskotch.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_broker_may_be_that_of_an_active_stream()
    {
        static string File(string stream, string more = "") => $$"""
            {
              "DATA_SHARING": { "partner": { "KIND": "kafka", "STREAM": "{{stream}}" {{more}} } },
              "ALERT_STREAMS": [
                { "NAME": "kafka", "ID": "broker", "OPTIONS": { "BOOTSTRAP_SERVERS": "b:9092", "GROUP_ID": "g", "TOPIC_HANDLERS": { "t": "log" } } },
                { "ACTIVE": false, "NAME": "kafka", "ID": "asleep", "OPTIONS": { "TOPIC_HANDLERS": {} } }
              ]
            }
            """;

        Assert.Equal("broker", Assert.Single(Read.Configuration(File("broker")).Destinations).Stream);
        Assert.Equal("tom.json: DATA_SHARING.partner.STREAM: \"asleep\" is no active stream that takes messages; allowed: broker", Read.Fault(File("asleep")));
        Assert.Contains("BOOTSTRAP_SERVERS: given beside STREAM", Read.Fault(File("broker", ", \"BOOTSTRAP_SERVERS\": \"x:1\"")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"CONTINUOUS_SECONDS\": 0", "allowed: a number from 0.1 to 3600 s")]
    [InlineData("\"PEERS\": \"x\"", "PEERS: \"x\" given; allowed: a list of texts")]
    [InlineData("\"SHARE_ORIGINS\": [\"a\\nb\"]", "SHARE_ORIGINS[0]: ")]
    public void Rules_of_sharing_are_checked(string setting, string words) =>
        Assert.Contains(words, Read.Fault(Entry("hermes", $"\"BASE_URL\": \"http://h/\", \"HERMES_API_KEY\": \"k\", {setting}")), StringComparison.Ordinal);

    [Fact]
    public void Rules_of_sharing_are_taken_as_they_stand()
    {
        const string Rules = "\"CONTINUOUS_SECONDS\": 0.5, \"SHARE_ORIGINS\": [\"LCO\", \"our TOM\"], \"PEERS\": [\"Partner\"]";
        var destination = Assert.Single(Read.Configuration(Entry("hermes", $"\"BASE_URL\": \"http://h/\", \"HERMES_API_KEY\": \"k\", {Rules}")).Destinations);

        Assert.Equal(TimeSpan.FromSeconds(0.5), destination.ContinuousDelay);
        Assert.Equal(["LCO", "our TOM"], destination.ShareOrigins);
        Assert.Equal(["Partner"], destination.Peers);
    }
}
