using TomOrleans.Silo.Configuration.Reading;

namespace TomOrleans.Silo.Tests.Configuration;

public sealed class OverrideTests
{
    private const string Hermes = """
        { "DATA_SHARING": { "Hermes.LCO": { "BASE_URL": "https://hermes.lco.global/", "HERMES_API_KEY": "k" } } }
        """;

    [Fact]
    public void Scalar_keys_at_every_depth_are_overridden()
    {
        var configuration = Read.Configuration(Read.KafkaStream("\"IGNORE_TEST\": true,"), new()
        {
            ["TOM_NAME"] = "Day",
            ["CLUSTER__SILO_PORT"] = "11112",
            ["ALERT_STREAMS__0__OPTIONS__BOOTSTRAP_SERVERS"] = "broker:9093",
            ["ALERT_STREAMS__0__OPTIONS__IGNORE_TEST"] = "False",
            ["ALERT_STREAMS__0__ID"] = "night",
        });

        var stream = Assert.Single(configuration.Streams);
        Assert.Equal(("Day", 11112), (configuration.TomName, configuration.Cluster.SiloPort));
        Assert.Equal(("night", "broker:9093", false), (stream.Id, stream.Client[0].Value, stream.IgnoreTest));
    }

    [Fact]
    public void Names_are_compared_without_case_and_names_of_the_file_keep_theirs()
    {
        var configuration = Read.Configuration(Hermes, new() { ["data_sharing__hermes.lco__Base_Url"] = "https://example.org/hermes/" });

        var hermes = Assert.Single(configuration.Destinations);
        Assert.Equal(("Hermes.LCO", "https://example.org/hermes/"), (hermes.Name, hermes.BaseUrl.AbsoluteUri));
    }

    [Fact]
    public void Keys_of_CONFIG_keep_their_dots()
    {
        var stream = Read.Stream(Read.KafkaStream(), new() { ["ALERT_STREAMS__0__OPTIONS__CONFIG__security.protocol"] = "ssl" });

        Assert.Contains(stream.Client, property => property is { Name: "security.protocol", Value: "ssl" });
    }

    [Fact]
    public void An_entry_of_a_list_of_texts_is_changed_or_added()
    {
        var json = Hermes.Replace("\"HERMES_API_KEY\"", "\"USER_TOPICS\": [\"a\", \"b\"], \"HERMES_API_KEY\"", StringComparison.Ordinal);
        var environment = new Dictionary<string, string>
        {
            ["DATA_SHARING__Hermes.LCO__USER_TOPICS__1"] = "B",
            ["DATA_SHARING__Hermes.LCO__USER_TOPICS__2"] = "C",
        };

        Assert.Equal(["a", "B", "C"], Assert.Single(Read.Configuration(json, environment).Destinations).UserTopics);
    }

    [Fact]
    public void An_override_takes_the_place_of_an_unset_variable()
    {
        Assert.Equal("Day", Read.Configuration("""{ "TOM_NAME": "${NOBODY}" }""", new() { ["TOM_NAME"] = "Day" }).TomName);
    }

    [Theory]
    [InlineData("CLUSTER__SLIO_PORT", "tom.json: CLUSTER.SLIO_PORT: unknown key (environment variable CLUSTER__SLIO_PORT); did you mean SILO_PORT?")]
    [InlineData("DATA_SHARING__Hermes__BASE_URL", "environment variable DATA_SHARING__Hermes__BASE_URL names Hermes, which is not in the file; known here: Hermes.LCO")]
    [InlineData("DATA_SHARING__Hermes.LOC__BASE_URL", "which is not in the file; did you mean Hermes.LCO?")]
    [InlineData("DATA_SHARING__Hermes.LCO__HERMES_APIKEY", "unknown key (environment variable DATA_SHARING__Hermes.LCO__HERMES_APIKEY); did you mean HERMES_API_KEY?")]
    [InlineData("ALERT_STREAMS__0__OPTIONS__URL", "ALERT_STREAMS: environment variable ALERT_STREAMS__0__OPTIONS__URL names entry 0; there are 0")]
    [InlineData("TOM_NAME__X", "tom.json: TOM_NAME: an object given (environment variable TOM_NAME__X); allowed: a text of one line")]
    public void An_override_of_an_unknown_key_is_a_fault(string variable, string words)
    {
        var faults = Read.Faults(Hermes, new() { [variable] = "trousers" });

        Assert.Contains(words, Assert.Single(faults), StringComparison.Ordinal);
        Assert.DoesNotContain(faults, fault => fault.Contains("trousers", StringComparison.Ordinal));
    }

    [Fact]
    public void An_override_of_a_whole_object_is_a_fault()
    {
        Assert.Contains("gives one value where an object stands", Read.Fault(Hermes, new() { ["DATA_SHARING__Hermes.LCO"] = "x" }), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_variables_for_one_key_are_a_fault()
    {
        Assert.Contains("mean the same key", Read.Fault("{}", new() { ["TOM_NAME"] = "a", ["tom_name"] = "b" }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CLUSTER")]
    [InlineData("HTTP")]
    [InlineData("HTTP_PROXY")]
    [InlineData("CLUSTERS__NAME")]
    [InlineData("TOM_CONFIG")]
    public void Other_people_s_variables_are_left_alone(string variable)
    {
        Assert.Equal(5080, Read.Configuration("{}", new() { [variable] = "x" }).Http.Port);
    }

    [Fact]
    public void The_command_line_wins_over_the_environment()
    {
        var reading = Read.Text("""{ "HTTP": { "PORT": 1 } }""", new() { ["HTTP__PORT"] = "2" }, null, new SettingOverride(["HTTP", "PORT"], "3", "--http-port"));

        Assert.Equal(3, reading.Configuration!.Http.Port);
        Assert.Contains(reading.Settings, setting => setting is { Path: "HTTP.PORT", Shown: "3", Origin: "--http-port" });
    }
}
