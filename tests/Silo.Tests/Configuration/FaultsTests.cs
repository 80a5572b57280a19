using System.Text.Json;
using System.Text.Json.Nodes;
using TomOrleans.Silo.Configuration;

namespace TomOrleans.Silo.Tests.Configuration;

public sealed class FaultsTests
{
    private const string Ten = """
        {
          "TOM_NAEM": "Night",
          "HTTP": { "PORT": "5080" },
          "CLUSTER": { "GATEWAY_PORT": 70000 },
          "DATA_SHARING": { "hermes": { "BASE_URL": "https://hermes.lco.global", "HERMES_API_KEY": "set HERMES_API_KEY value in environment" } },
          "ALERT_STREAMS": [
            { "NAME": "kafkaesque", "OPTIONS": {} },
            { "NAME": "kafka", "OPTIONS": {
                "BOOTSTRAP_SERVERS": "${BROKER}",
                "GROUP_ID": "ours",
                "START_POSITION": "2026",
                "TOPIC_HANDLERS": { "a b": "log", "c": "hermse" } } }
          ]
        }
        """;

    [Fact]
    public void Ten_faults_are_ten_lines()
    {
        var reading = Read.Text(Ten);

        var lines = ConfigurationPrinter.Faults(reading).Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

        Assert.Null(reading.Configuration);
        Assert.Equal(
            [
                "HTTP.PORT",
                "CLUSTER.GATEWAY_PORT",
                "DATA_SHARING.hermes.BASE_URL",
                "DATA_SHARING.hermes.HERMES_API_KEY",
                "ALERT_STREAMS[0].NAME",
                "ALERT_STREAMS[1].OPTIONS.BOOTSTRAP_SERVERS",
                "ALERT_STREAMS[1].OPTIONS.START_POSITION",
                "ALERT_STREAMS[1].OPTIONS.TOPIC_HANDLERS[\"a b\"]",
                "ALERT_STREAMS[1].OPTIONS.TOPIC_HANDLERS.c",
                "TOM_NAEM",
            ],
            lines.Select(line => line.Split(": ")[1]));
        Assert.All(lines, line => Assert.StartsWith("tom.json: ", line, StringComparison.Ordinal));
    }

    [Fact]
    public void A_long_value_is_cut_and_stays_on_its_line()
    {
        var fault = Read.Fault($$"""{ "HTTP": { "ADDRESS": "one\ntwo{{new string('x', 5000)}}" } }""");

        Assert.StartsWith("tom.json: HTTP.ADDRESS: \"one\\u000atwoxxx", fault, StringComparison.Ordinal);
        Assert.True(fault.Length < 300);
    }

    [Fact]
    public void A_fault_in_ACTIVE_or_ID_hides_none_in_OPTIONS()
    {
        var json = Read.KafkaStream("\"HANDLER_TIMEOUT\": 0,", entry: "\"ACTIVE\": \"yes\", \"ID\": \"a/b\",");

        Assert.Equal(3, Read.Faults(json).Count);
    }

    [Fact]
    public void Whatever_stands_in_place_of_a_value_ends_in_a_configuration_or_in_faults()
    {
        var odd = new[] { "null", "true", "-1", "1e999", "\"\"", "\"x\"", "\"${NOBODY}\"", "\"\\ud800\"", "[]", "[[]]", "[null]", "{}", "{ \"\": {} }" };
        foreach (var example in ConfigurationPageTests.Examples.Select(row => row.Data.Item2))
        {
            for (var place = 0; place < Below(Parse(example)).Count(); place++)
            {
                var document = Parse(example);
                Below(document).ElementAt(place).ReplaceWith("@@");
                foreach (var value in odd)
                {
                    var reading = Read.Text(document.ToJsonString().Replace("\"@@\"", value, StringComparison.Ordinal), built: BuiltParts.All);
                    Assert.Equal(reading.Faults.IsEmpty, reading.Configuration is not null);
                }
            }
        }
    }

    private static JsonNode Parse(string json) =>
        JsonNode.Parse(json, documentOptions: new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true })!;

    private static IEnumerable<JsonNode> Below(JsonNode node) => node switch
    {
        JsonObject members => members.Where(member => member.Value is not null).SelectMany(member => Below(member.Value!).Prepend(member.Value!)),
        JsonArray items => items.Where(item => item is not null).SelectMany(item => Below(item!).Prepend(item!)),
        _ => [],
    };
}
