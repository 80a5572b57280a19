using System.Text;
using TomOrleans.Silo.Configuration;
using TomOrleans.Silo.Configuration.Reading;

namespace TomOrleans.Silo.Tests.Configuration;

public sealed class JsonTests
{
    [Fact]
    public void Comments_and_trailing_commas_are_allowed()
    {
        Assert.Equal("Night", Read.Configuration("// ours\n{ \"TOM_NAME\": \"Night\", /* that is all */ }").TomName);
    }

    [Fact]
    public void A_byte_order_mark_is_allowed()
    {
        Assert.Equal("Night", Read.Configuration("\uFEFF{ \"TOM_NAME\": \"Night\" }").TomName);
    }

    [Theory]
    [InlineData("{\n  \"TOM_NAME\": nope\n}", "line 2, column 16")]
    [InlineData("{\n\n  \"TOM_NAME\": \"ÜÜÜ\" x }", "line 3, column 21")]
    [InlineData("", "line 1, column 1")]
    public void A_slip_of_syntax_is_told_with_line_and_column(string json, string where)
    {
        Assert.StartsWith($"tom.json: {where}: not JSON: ", Read.Fault(json), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"PASSWORD\": trousers }", "trou")]
    [InlineData("{ \"PASSWORD\": falsehood }", "false")]
    [InlineData("{ \"PASSWORD\": 12monkeys }", "12m")]
    public void A_secret_without_quotes_is_not_shown(string json, string secret)
    {
        Assert.DoesNotContain(secret, Read.Fault(json), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_given_twice_is_a_fault_at_every_depth()
    {
        var faults = Read.Faults(Read.KafkaStream("\"CONFIG\": { \"client.id\": \"a\", \"client.id\": \"b\" }, ", "\"a.b\": \"log\", \"a.b\": \"log\"")
            .Replace("{ \"TOM_NAME\"", "{ \"TOM_NAME\": \"Day\", \"TOM_NAME\"", StringComparison.Ordinal));

        Assert.Equal(
            [
                "tom.json: TOM_NAME: given twice; leave one of them",
                "tom.json: ALERT_STREAMS[0].OPTIONS.CONFIG[\"client.id\"]: given twice; leave one of them",
                "tom.json: ALERT_STREAMS[0].OPTIONS.TOPIC_HANDLERS[\"a.b\"]: given twice; leave one of them",
            ],
            faults);
    }

    [Theory]
    [InlineData("[]", "no JSON object")]
    [InlineData("null", "no JSON object")]
    [InlineData("{ \"TOM_NAME\": \"\\ud800\" }", "half a character")]
    public void What_is_JSON_and_no_configuration_is_refused(string json, string words)
    {
        Assert.Contains(Read.Faults(json), fault => fault.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_are_refused()
    {
        var reading = TomConfigurationReader.Read([0x7b, 0xff, 0x7d], new ReadingContext("tom.json", new Dictionary<string, string>(), BuiltParts.Now), []);

        Assert.Equal("tom.json: the file is not UTF-8 text", Assert.Single(reading.Faults).ToString());
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");

        Assert.Equal($"{path}: no such file", Assert.Single(TomConfigurationReader.Read(path, new Dictionary<string, string>()).Faults).ToString());
    }

    [Fact]
    public void A_folder_in_place_of_the_file_is_told()
    {
        Assert.EndsWith(": is a folder", Assert.Single(TomConfigurationReader.Read(Path.GetTempPath(), new Dictionary<string, string>()).Faults).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_object_is_a_TOM_without_streams_and_destinations()
    {
        var configuration = Read.Configuration("{}");

        Assert.Equal("TomOrleans", configuration.TomName);
        Assert.Equal(Path.GetFullPath("data"), configuration.DataPath);
        Assert.Equal(("127.0.0.1", 5080), (configuration.Http.Address.ToString(), configuration.Http.Port));
        Assert.Equal((ClusterKind.Local, 11111, 30000), (configuration.Cluster.Kind, configuration.Cluster.SiloPort, configuration.Cluster.GatewayPort));
        Assert.Empty(configuration.Streams);
        Assert.Empty(configuration.Destinations);
    }

    [Fact]
    public void Names_of_the_file_cannot_write_to_the_terminal()
    {
        var fault = Read.Fault("{ \"TOM\\u001b[2J\\u202e\": 1 }");

        Assert.DoesNotContain(fault, char.IsControl);
        Assert.Contains("TOM\\u001b[2J\\u202e", fault, StringComparison.Ordinal);
        Assert.Equal(fault, Encoding.ASCII.GetString(Encoding.ASCII.GetBytes(fault)));
    }
}
