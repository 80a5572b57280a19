using System.Text.Json;
using TomOrleans.Silo.Configuration;

namespace TomOrleans.Silo.Tests.Configuration;

public sealed class SecretsTests
{
    private static readonly string[] Secrets = ["sesame-hermes", "sesame-hop", "sesame-gcn", "sesame-kafka", "sesame-tom", "sesame-db", "sesame-pem"];

    private static readonly Dictionary<string, string> Environment = new()
    {
        ["K1"] = Secrets[0],
        ["K2"] = Secrets[1],
        ["K3"] = Secrets[2],
        ["ALERT_STREAMS__2__OPTIONS__CONFIG__sasl.password"] = Secrets[3],
        ["K6"] = $"Host=db;Password={Secrets[5]}",
    };

    private static string Json(string value) => $$"""
        {
          "TOM_NAME": "Night",
          "CLUSTER": { "KIND": "postgresql", "CONNECTION": "${K6}", "CLUSTER_ID": "{{value}}" },
          "DATA_SHARING": {
            "hermes": { "BASE_URL": "https://hermes.lco.global/", "HERMES_API_KEY": "${K1}" },
            "other": { "BASE_URL": "https://other.example/", "USERNAME": "anna", "PASSWORD": "{{Secrets[4]}}" }
          },
          "ALERT_STREAMS": [
            { "NAME": "hopskotch", "OPTIONS": { "URL": "kafka://h/", "USERNAME": "anna", "PASSWORD": "${K2}", "TOPIC_HANDLERS": { "*": "log" } } },
            { "NAME": "gcn", "OPTIONS": { "GCN_CLASSIC_CLIENT_ID": "id", "GCN_CLASSIC_CLIENT_SECRET": "${K3}", "TOPIC_HANDLERS": { "a": "log" } } },
            { "NAME": "kafka", "OPTIONS": { "BOOTSTRAP_SERVERS": "k:1", "CONFIG": { "ssl.key.pem": "{{Secrets[6]}}" }, "TOPIC_HANDLERS": { "a": "log" } } }
          ]
        }
        """;

    [Fact]
    public void Effective_settings_show_that_secrets_are_set_and_nothing_more()
    {
        var reading = Read.Text(Json("night"), Environment, BuiltParts.All);

        Assert.Empty(reading.Faults);
        var text = ConfigurationPrinter.Settings(reading);
        AssertNoSecret(text);
        Assert.Contains("DATA_SHARING.hermes.HERMES_API_KEY = (set)  # environment variable K1", text, StringComparison.Ordinal);
        Assert.Contains("DATA_SHARING.other.PASSWORD = (set)", text, StringComparison.Ordinal);
        Assert.Contains(
            "ALERT_STREAMS[2].OPTIONS.CONFIG[\"sasl.password\"] = (set)  # environment variable ALERT_STREAMS__2__OPTIONS__CONFIG__sasl.password", text, StringComparison.Ordinal);
        Assert.Contains("CLUSTER.CONNECTION = (set)  # environment variable K6", text, StringComparison.Ordinal);
        Assert.Contains("CLUSTER.CONNECTION = (not set)", ConfigurationPrinter.Settings(Read.Text("{}")), StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_show_none_even_where_the_secret_itself_is_refused()
    {
        var reading = Read.Text(Json("no good"), Environment);
        AssertNoSecret(ConfigurationPrinter.Faults(reading));
        Assert.Contains(reading.Faults, fault => fault.Path == "CLUSTER.CLUSTER_ID");

        var misspelt = Json("night").Replace("\"PASSWORD\"", "\"PASWORD\"", StringComparison.Ordinal).Replace("\"HERMES_API_KEY\"", "\"HERMES_APIKEY\"", StringComparison.Ordinal);
        AssertNoSecret(ConfigurationPrinter.Faults(Read.Text(misspelt, Environment)));
        AssertNoSecret(ConfigurationPrinter.Faults(Read.Text("""{ "DATA_SHARING": "sesame-hermes", "HTTP": "sesame-hop", "ALERT_STREAMS": ["sesame-gcn"] }""")));
        AssertNoSecret(ConfigurationPrinter.Faults(Read.Text("""{ "DATA_SHARING": { "hermes": "sesame-hermes" }, "CLUSTER": "sesame-db" }""")));
    }

    [Fact]
    public void The_model_shows_none_as_text_and_as_JSON()
    {
        var configuration = Read.Configuration(Json("night"), Environment, BuiltParts.All);

        AssertNoSecret(configuration.ToString());
        AssertNoSecret(string.Join(' ', configuration.Destinations.Select(destination => destination.ToString())));
        AssertNoSecret(string.Join(' ', configuration.Streams.SelectMany(stream => stream.Client).Select(property => property.ToString())));
        AssertNoSecret(JsonSerializer.Serialize(configuration.Streams));
        AssertNoSecret(JsonSerializer.Serialize(configuration.Destinations));
    }

    private static void AssertNoSecret(string text) => Assert.All(Secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
}
