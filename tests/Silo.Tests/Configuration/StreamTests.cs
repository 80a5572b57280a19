using TomOrleans.Silo.Configuration;

namespace TomOrleans.Silo.Tests.Configuration;

public sealed class StreamTests
{
    private const string Second = """, { "NAME": "kafka", "OPTIONS": { "BOOTSTRAP_SERVERS": "other:9092", "TOPIC_HANDLERS": { "*": "log" } } } ] }""";

    [Fact]
    public void A_Kafka_stream_has_sensible_defaults()
    {
        var stream = Read.Stream(Read.KafkaStream());

        Assert.Equal(("kafka", StreamKind.Kafka, true, "night"), (stream.Id, stream.Kind, stream.Active, stream.GroupId));
        Assert.Equal(new StartPosition(StartKind.Latest), stream.Start);
        Assert.True(stream.IgnoreTest);
        Assert.Equal("bootstrap.servers = localhost:9092", Assert.Single(stream.Client).ToString());
    }

    [Fact]
    public void CONFIG_is_passed_on_and_its_user_begins_the_group()
    {
        var stream = Read.Stream(
            Read.KafkaStream("""
                "CONFIG": { "security.protocol": "SASL_SSL", "sasl.mechanism": "SCRAM-SHA-512", "sasl.username": "anna", "sasl.password": "${PW}", "session.timeout.ms": 9000, "socket.keepalive.enable": true },
                """),
            new() { ["PW"] = "trousers" });

        Assert.Equal("anna-night", stream.GroupId);
        Assert.Contains(stream.Client, property => property is { Name: "sasl.password", Value: "trousers", IsSecret: true });
        Assert.Contains(stream.Client, property => property is { Name: "session.timeout.ms", Value: "9000" });
        Assert.Contains(stream.Client, property => property is { Name: "socket.keepalive.enable", Value: "true" });
    }

    [Theory]
    [InlineData("\"secruity.protocol\": \"SSL\"", "librdkafka has no such property; did you mean security.protocol?")]
    [InlineData("\"security.protocol\": \"TLS\"", "librdkafka does not take this value")]
    [InlineData("\"session.timeout.ms\": 0", "librdkafka does not take this value")]
    [InlineData("\"bootstrap.servers\": \"x:1\"", "not to be set here: use BOOTSTRAP_SERVERS")]
    [InlineData("\"partition.assignment.strategy\": \"range\"", "not to be set here")]
    [InlineData("\"plugin.library.paths\": \"x.so\"", "not to be set here")]
    [InlineData("\"enable.auto.commit\": true", "the value true given; allowed: false")]
    [InlineData("\"auto.offset.reset\": \"error\"", "\"error\" given; allowed: earliest or latest")]
    [InlineData("\"client.id\": [1]", "a list given; allowed: a text, a number")]
    public void A_property_librdkafka_would_not_take_is_refused_before_the_start(string property, string words)
    {
        Assert.Contains(words, Read.Fault(Read.KafkaStream($"\"CONFIG\": {{ {property} }},")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("latest", "latest")]
    [InlineData("EARLIEST", "earliest")]
    [InlineData("2026-08-01T00:00:00Z", "2026-08-01T00:00:00Z")]
    [InlineData("2026-08-01T02:30+02:00", "2026-08-01T00:30:00Z")]
    [InlineData("2026-08-01T00:00:00.25-01:00", "2026-08-01T01:00:00.25Z")]
    public void A_start_is_a_word_or_a_time_with_its_offset(string text, string expected)
    {
        Assert.Equal(expected, Read.Stream(Read.KafkaStream($"\"START_POSITION\": \"{text}\",")).Start.ToString());
    }

    [Theory]
    [InlineData("2026-08-01T00:00:00")]
    [InlineData("2026-08-01")]
    [InlineData("2026")]
    [InlineData("01/07/2026")]
    [InlineData("2026-08-01T00:00:00 PST")]
    [InlineData("yesterday")]
    public void A_start_that_could_be_read_in_two_ways_is_refused(string text)
    {
        Assert.StartsWith(
            $"tom.json: ALERT_STREAMS[0].OPTIONS.START_POSITION: \"{text}\" given; allowed: latest, earliest, or an ISO 8601 time with its offset",
            Read.Fault(Read.KafkaStream($"\"START_POSITION\": \"{text}\",")),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"localhost:9092\"", "\"\"")]
    [InlineData("\"localhost:9092\"", "\"kafka://localhost/\"")]
    [InlineData("\"localhost:9092\"", "\"a:1,,b:2\"")]
    [InlineData("\"localhost:9092\"", "9092")]
    public void Servers_are_hosts_and_ports(string legal, string faulty)
    {
        Assert.Contains(
            "BOOTSTRAP_SERVERS: ", Read.Fault(Read.KafkaStream().Replace(legal, faulty, StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kafka://kafka.scimma.org", null)]
    [InlineData("kafka://kafka.scimma.org:9093/", null)]
    [InlineData("https://kafka.scimma.org/", "URL: \"https://kafka.scimma.org/\" given; allowed: kafka://HOST[:PORT]/")]
    [InlineData("kafka://a,b/", "URL: ")]
    [InlineData("kafka://kafka.scimma.org/hermes.test", "URL: ")]
    [InlineData("kafka://anna:trousers@kafka.scimma.org/", "URL: \"kafka://(hidden)@kafka.scimma.org/\" given")]
    public void The_URL_of_Hopskotch_names_one_broker(string url, string? words)
    {
        var reading = Read.Text(
            $$"""{ "ALERT_STREAMS": [ { "NAME": "hopskotch", "OPTIONS": { "URL": "{{url}}", "USERNAME": "anna", "PASSWORD": "p", "TOPIC_HANDLERS": { "*": "log" } } } ] }""",
            built: BuiltParts.All);

        Assert.Equal(words is null, reading.Configuration is not null);
        Assert.All(reading.Faults, fault => Assert.Contains(words!, fault.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Two_streams_of_a_kind_need_IDs()
    {
        var json = Read.KafkaStream()[..^4] + Second;

        Assert.Contains("ALERT_STREAMS[1].ID: \"kafka\" is also the ID of ALERT_STREAMS[0]", Read.Fault(json), StringComparison.Ordinal);
        var configuration = Read.Configuration(json, new() { ["ALERT_STREAMS__1__ID"] = "Fink.ZTF" });
        Assert.Equal(["kafka", "Fink.ZTF"], configuration.Streams.Select(stream => stream.Id));
        Assert.Equal(["night", "night-fink-ztf"], configuration.Streams.Select(stream => stream.GroupId));
    }

    [Fact]
    public void Two_streams_of_one_group_at_one_broker_would_halve_each_other()
    {
        var json = Read.KafkaStream("\"GROUP_ID\": \"g\",")[..^4] + Second;
        var environment = new Dictionary<string, string>
        {
            ["ALERT_STREAMS__1__ID"] = "b",
            ["ALERT_STREAMS__1__OPTIONS__GROUP_ID"] = "g",
            ["ALERT_STREAMS__1__OPTIONS__BOOTSTRAP_SERVERS"] = "localhost:9092",
        };

        Assert.Contains("ALERT_STREAMS[1].OPTIONS.GROUP_ID: \"g\" is also the group of ALERT_STREAMS[0]", Read.Fault(json, environment), StringComparison.Ordinal);
    }

    [Fact]
    public void A_default_group_has_to_be_of_this_TOM_alone()
    {
        var json = Read.KafkaStream().Replace("\"TOM_NAME\": \"Night\",", "", StringComparison.Ordinal);

        Assert.Contains("GROUP_ID: missing; its default is made of the user name and TOM_NAME", Read.Fault(json), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("..")]
    public void An_ID_holds_neither_slash_nor_blank(string id)
    {
        Assert.Contains("ALERT_STREAMS[0].ID: ", Read.Fault(Read.KafkaStream(entry: $"\"ID\": \"{id}\",")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tom_alertstreams.alertstreams.hopskotch.HopskotchAlertStraem", "did you mean tom_alertstreams.alertstreams.hopskotch.HopskotchAlertStream?")]
    [InlineData("kafak", "did you mean kafka?")]
    [InlineData("tom_fink.alertstream.FinkAlertStream", "known here: hopskotch, gcn, kafka, sandbox")]
    public void An_unknown_class_is_refused_with_what_is_near(string name, string words)
    {
        var fault = Read.Fault(Read.KafkaStream().Replace("\"NAME\": \"kafka\"", $"\"NAME\": \"{name}\"", StringComparison.Ordinal));

        Assert.StartsWith($"tom.json: ALERT_STREAMS[0].NAME: \"{name}\" is no stream class", fault, StringComparison.Ordinal);
        Assert.Contains(words, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void SSL_CA_has_to_be_a_file_of_certificates()
    {
        var missing = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.pem");

        Assert.Contains("SSL_CA: ", Read.Fault(Read.KafkaStream($"\"SSL_CA\": \"{missing}\",")), StringComparison.Ordinal);
        var there = Path.GetTempFileName();
        try
        {
            Assert.Contains("SSL_CA: ", Read.Fault(Read.KafkaStream($"\"SSL_CA\": \"{there}\",")), StringComparison.Ordinal);
            File.WriteAllText(there, "-----BEGIN CERTIFICATE-----");
            var stream = Read.Stream(Read.KafkaStream($"\"SSL_CA\": \"{there}\","));
            Assert.Contains(stream.Client, property => property.Name == "ssl.ca.location" && property.Value == there);
            Assert.DoesNotContain(stream.Client, property => property.Name == "https.ca.location");
        }
        finally
        {
            File.Delete(there);
        }
    }

    [Theory]
    [InlineData("oidc")]
    [InlineData("OIDC")]
    public void SSL_CA_is_for_the_token_request_too_however_the_method_is_written(string method)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "-----BEGIN CERTIFICATE-----");
            var stream = Read.Stream(Read.KafkaStream(
                $$""" "SSL_CA": {{System.Text.Json.JsonSerializer.Serialize(file)}}, "CONFIG": { "security.protocol": "sasl_ssl", "sasl.oauthbearer.method": "{{method}}" }, """));

            Assert.Equal(["https.ca.location", "ssl.ca.location"], stream.Client.Where(property => property.Value == file).Select(property => property.Name).Order());
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("ssl.ca.location")]
    [InlineData("https.ca.location")]
    public void A_file_of_authorities_that_is_not_there_is_refused_in_CONFIG_too(string property)
    {
        Assert.Contains(
            $"CONFIG[\"{property}\"]: \"/no/such.pem\" given; allowed: a file of PEM certificates",
            Read.Fault(Read.KafkaStream($$""" "CONFIG": { "{{property}}": "/no/such.pem" }, """)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"security.protocol\": \"SASL_SSL\"", "ssl.ca.location")]
    [InlineData("\"security.protocol\": \"ssl\"", "ssl.ca.location")]
    [InlineData("\"security.protocol\": \"sasl_plaintext\", \"sasl.oauthbearer.method\": \"oidc\"", "https.ca.location")]
    [InlineData("\"security.protocol\": \"sasl_ssl\", \"sasl.oauthbearer.method\": \"oidc\"", "ssl.ca.location https.ca.location")]
    [InlineData("\"security.protocol\": \"ssl\", \"ssl.ca.location\": \"probe\"", "")]
    [InlineData("\"client.id\": \"x\"", "")]
    public void The_systems_authorities_are_named_to_what_needs_them(string config, string expected)
    {
        var stream = Read.Stream(Read.KafkaStream($$""" "CONFIG": { {{config}} }, """));

        Assert.Equal(
            expected.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            stream.Client.Where(property => property.Value == Read.Authorities).Select(property => property.Name));
    }

    [Fact]
    public void The_two_names_of_the_mechanism_are_one()
    {
        var stream = Read.Stream(
            """
            { "ALERT_STREAMS": [ { "NAME": "hopskotch", "OPTIONS": { "URL": "kafka://127.0.0.1:9094/", "USERNAME": "anna", "PASSWORD": "p",
              "CONFIG": { "sasl.mechanisms": "PLAIN" }, "TOPIC_HANDLERS": { "*": "log" } } } ] }
            """);

        Assert.Equal("sasl.mechanisms = PLAIN", Assert.Single(stream.Client, property => property.Name.StartsWith("sasl.mechanism", StringComparison.Ordinal)).ToString());
    }

    [Fact]
    public void A_user_name_in_CONFIG_begins_a_Hopskotch_group_too()
    {
        var stream = Read.Stream(
            """
            { "TOM_NAME": "Night", "ALERT_STREAMS": [ { "NAME": "hopskotch", "OPTIONS": { "URL": "kafka://h/", "USERNAME": "anna", "PASSWORD": "p",
              "CONFIG": { "sasl.username": "berta" }, "TOPIC_HANDLERS": { "*": "log" } } } ] }
            """);

        Assert.Equal("berta-night", stream.GroupId);
    }

    [Fact]
    public void Properties_of_CONFIG_win_over_those_of_the_kind()
    {
        var stream = Read.Stream(
            """
            { "ALERT_STREAMS": [ { "NAME": "hopskotch", "OPTIONS": { "URL": "kafka://127.0.0.1:9094/", "USERNAME": "anna", "PASSWORD": "p",
              "CONFIG": { "security.protocol": "SASL_PLAINTEXT" }, "TOPIC_HANDLERS": { "*": "log" } } } ] }
            """);

        Assert.Equal("SASL_PLAINTEXT", Assert.Single(stream.Client, property => property.Name == "security.protocol").Value);
    }
}
