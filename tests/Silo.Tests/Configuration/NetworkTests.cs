using System.Net;
using TomOrleans.Silo.Configuration;

namespace TomOrleans.Silo.Tests.Configuration;

public sealed class NetworkTests
{
    [Theory]
    [InlineData("localhost", "127.0.0.1")]
    [InlineData("127.0.0.2", "127.0.0.2")]
    [InlineData("::1", "::1")]
    public void Loopback_has_several_names(string text, string address)
    {
        Assert.Equal(IPAddress.Parse(address), Read.Configuration($$"""{ "HTTP": { "ADDRESS": "{{text}}", "PORT": 0 } }""").Http.Address);
    }

    [Fact]
    public void Listening_beyond_loopback_is_refused_with_the_reason()
    {
        var faults = Read.Faults("""{ "HTTP": { "ADDRESS": "0.0.0.0" }, "CLUSTER": { "ADVERTISED_ADDRESS": "192.168.1.2" } }""");

        Assert.Equal(2, faults.Count);
        Assert.StartsWith("tom.json: HTTP.ADDRESS: not built yet: listening on 0.0.0.0; only loopback", faults[0], StringComparison.Ordinal);
        Assert.Contains("no TLS", faults[0], StringComparison.Ordinal);
        Assert.StartsWith("tom.json: CLUSTER.ADVERTISED_ADDRESS: not built yet: listening on 192.168.1.2", faults[1], StringComparison.Ordinal);
        Assert.Contains("mutual TLS", faults[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_cluster_on_PostgreSQL_is_read()
    {
        const string Json = """
            { "CLUSTER": { "KIND": "postgresql", "CONNECTION": "${TOM_DB}", "ADVERTISED_ADDRESS": "127.0.0.2", "CLUSTER_ID": "night", "SERVICE_ID": "tom", "NAME": "dome-1", "SILO_PORT": 1, "GATEWAY_PORT": 2 } }
            """;
        var environment = new Dictionary<string, string> { ["TOM_DB"] = "Host=db;Password=trousers" };

        var cluster = Read.Configuration(Json, environment).Cluster;
        Assert.Equal((ClusterKind.PostgreSql, "Host=db;Password=trousers"), (cluster.Kind, cluster.Connection!.Reveal()));
        Assert.Equal(("127.0.0.2", "night", "tom", 1, 2), (cluster.AdvertisedAddress!.ToString(), cluster.ClusterId, cluster.ServiceId, cluster.SiloPort, cluster.GatewayPort));
        Assert.Equal("dome-1", cluster.Name);
    }

    [Fact]
    public void Silos_of_one_host_have_different_names_without_being_given_any() =>
        Assert.Equal($"{Environment.MachineName}-11112", Read.Configuration("""{ "CLUSTER": { "SILO_PORT": 11112 } }""").Cluster.Name);

    [Fact]
    public void The_sandbox_is_no_cluster()
    {
        var environment = new Dictionary<string, string> { ["CLUSTER__KIND"] = "postgresql", ["CLUSTER__CONNECTION"] = "Host=db" };

        var fault = Assert.Single(SandboxConfiguration.Create(environment).Faults);
        Assert.Equal("CLUSTER.KIND", fault.Path);
        Assert.Contains("embedded Kafka belongs to one process", fault.Text, StringComparison.Ordinal);
        Assert.Contains("--config", fault.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"KIND\": \"postgres\"", "CLUSTER.KIND: \"postgres\" given; allowed: local or postgresql")]
    [InlineData("\"CONNECTION\": \"Host=db\"", "CLUSTER.CONNECTION: given for KIND local")]
    [InlineData("\"SILO_PORT\": 0", "CLUSTER.SILO_PORT: the number 0 given; allowed: a number from 1 to 65535, without fraction")]
    [InlineData("\"SILO_PORT\": 11111.5", "CLUSTER.SILO_PORT: the number 11111.5 given")]
    [InlineData("\"SILO_PORT\": \"11111\"", "CLUSTER.SILO_PORT: \"11111\" given; allowed: a number from 1 to 65535, without fraction, without quotes")]
    [InlineData("\"SILO_PORT\": 5080", "CLUSTER.SILO_PORT: 5080 is also the port of HTTP.PORT")]
    [InlineData("\"GATEWAY_PORT\": 11111", "CLUSTER.GATEWAY_PORT: 11111 is also the port of CLUSTER.SILO_PORT")]
    [InlineData("\"TLS\": {}", "CLUSTER.TLS: not built yet")]
    [InlineData("\"SILOPORT\": 1", "CLUSTER.SILOPORT: unknown key; did you mean SILO_PORT?")]
    [InlineData("\"CLUSTER_ID\": \"a b\"", "CLUSTER.CLUSTER_ID: \"a b\" given")]
    [InlineData("\"NAME\": \"dome 1\"", "CLUSTER.NAME: \"dome 1\" given; allowed: 1 to 100 of the characters")]
    [InlineData("\"KIND\": \"postgresql\"", "CLUSTER.CONNECTION: missing")]
    public void What_no_cluster_can_be_is_refused(string key, string words)
    {
        Assert.Contains(words, Read.Fault($$"""{ "CLUSTER": { {{key}} } }"""), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"HTTP\": 5080", "HTTP: the number given; allowed: an object")]
    [InlineData("\"HTTP\": { \"PORT\": 65536 }", "HTTP.PORT: the number 65536 given; allowed: a number from 0 to 65535")]
    [InlineData("\"HTTP\": { \"PORT\": 1e99 }", "HTTP.PORT: the number 1e99 given")]
    [InlineData("\"HTTP\": { \"ADDRESS\": \"everywhere\" }", "HTTP.ADDRESS: \"everywhere\" given; allowed: localhost or an IP address")]
    [InlineData("\"TOM_NAME\": \"\"", "TOM_NAME: \"\" given; allowed: a text of one line")]
    [InlineData("\"TOM_NAME\": 7", "TOM_NAME: the number 7 given; allowed: a text of one line")]
    [InlineData("\"DATA_PATH\": true", "DATA_PATH: the value true given; allowed: a folder")]
    [InlineData("\"DATASHARING\": {}", "DATASHARING: unknown key; did you mean DATA_SHARING? known here: TOM_NAME, DATA_PATH, HTTP, CLUSTER, DATA_SHARING, PLUGINS, ALERT_STREAMS")]
    [InlineData("\"tom_name\": \"x\"", "tom_name: unknown key; did you mean TOM_NAME?")]
    [InlineData("\"ALERT_STREAMS\": {}", "ALERT_STREAMS: an object given; allowed: a list")]
    [InlineData("\"ALERT_STREAMS\": [\"kafka\"]", "ALERT_STREAMS[0]: a text given; allowed: an object")]
    public void A_key_of_the_top_level_has_its_type(string key, string words)
    {
        Assert.Contains(words, Read.Fault($"{{ {key} }}"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_is_null_counts_as_absent()
    {
        Assert.Equal(11111, Read.Configuration("""{ "CLUSTER": { "SILO_PORT": null }, "HTTP": null, "ALERT_STREAMS": null }""").Cluster.SiloPort);
    }
}
