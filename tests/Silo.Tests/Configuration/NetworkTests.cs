using System.Net;
using TomOrleans.Silo.Configuration;
using TomOrleans.Silo.Configuration.Reading;
using TomOrleans.Testing.Front;

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
    public void Listening_beyond_loopback_is_refused_without_TLS_and_without_a_trusted_network()
    {
        var faults = Read.Faults("""{ "HTTP": { "ADDRESS": "0.0.0.0" }, "CLUSTER": { "ADVERTISED_ADDRESS": "192.168.1.2" } }""");

        Assert.Equal(2, faults.Count);
        Assert.StartsWith("tom.json: HTTP.ADDRESS: listening on 0.0.0.0 without TLS", faults[0], StringComparison.Ordinal);
        Assert.Contains("CERTIFICATE", faults[0], StringComparison.Ordinal);
        Assert.StartsWith("tom.json: CLUSTER.LISTEN: silo and gateway on 192.168.1.2 would be open", faults[1], StringComparison.Ordinal);
        Assert.Contains("TLS", faults[1], StringComparison.Ordinal);
        Assert.Contains("TRUSTED_NETWORK", faults[1], StringComparison.Ordinal);
    }

    [Fact]
    public void With_certificates_or_in_a_trusted_network_it_listens_beyond_loopback()
    {
        var guarded = Read.Configuration("""
            { "HTTP": { "ADDRESS": "10.0.0.2", "CERTIFICATE": "web.pem", "KEY": "/keys/web.key", "HOSTS": ["tom.example.org"] },
              "CLUSTER": { "ADVERTISED_ADDRESS": "10.0.0.2", "LISTEN": "0.0.0.0", "TLS": { "CERTIFICATE": "silo.pem", "CA": "ca.pem", "CLIENT_CA": "clients.pem" }, "PROBE_TIMEOUT": 2 } }
            """);
        Assert.Equal((Path.GetFullPath("web.pem"), "/keys/web.key", "tom.example.org"), (guarded.Http.Certificate, guarded.Http.Key, Assert.Single(guarded.Http.Hosts)));
        Assert.Equal((IPAddress.Any, IPAddress.Parse("10.0.0.2")), (guarded.Cluster.ListenAddress, guarded.Cluster.AdvertisedAddress));
        Assert.Equal((null, Path.GetFullPath("ca.pem"), Path.GetFullPath("clients.pem")), (guarded.Cluster.Tls!.Key, guarded.Cluster.Tls.SiloAuthorities, guarded.Cluster.Tls.ClientAuthorities));
        Assert.Equal(TimeSpan.FromSeconds(2), guarded.Cluster.ProbeTimeout);

        var trusted = Read.Configuration("""
            { "HTTP": { "ADDRESS": "0.0.0.0", "TRUSTED_NETWORK": "10.0.0.0/24" }, "CLUSTER": { "LISTEN": "10.0.0.2", "TRUSTED_NETWORK": "10.0.0.0/24,fd00::/8" } }
            """);
        Assert.Equal(IPAddress.Parse("10.0.0.2"), trusted.Cluster.AdvertisedAddress);
        Assert.All(["10.0.0.9", "::ffff:10.0.0.9", "fd00::1", "127.0.0.1", "::1"], address => Assert.True(trusted.Cluster.TrustedNetwork.Contains(IPAddress.Parse(address)), address));
        Assert.All(["10.0.1.9", "::ffff:10.0.1.9", "fe80::1"], address => Assert.False(trusted.Cluster.TrustedNetwork.Contains(IPAddress.Parse(address)), address));
    }

    [Fact]
    public void Certificates_are_looked_at_before_the_start()
    {
        using var authority = new TestAuthority();
        var silo = authority.Write("silo", forServers: true, forClients: true);
        var client = authority.Write("client", forServers: false, forClients: true);
        var old = authority.Write("old", forServers: true, forClients: true, expired: true);

        Assert.Null(TlsSection.Check(new(silo.Certificate, silo.Key, authority.PemFile, authority.PemFile)));
        Assert.Contains("no silo's certificate", TlsSection.Check(new(client.Certificate, client.Key, authority.PemFile, authority.PemFile)), StringComparison.Ordinal);
        Assert.Contains("expired", TlsSection.Check(new(old.Certificate, old.Key, authority.PemFile, authority.PemFile)), StringComparison.Ordinal);
        Assert.Contains("is no PEM certificate with its unencrypted private key", TlsSection.Check(new(silo.Certificate, client.Key, authority.PemFile, authority.PemFile)), StringComparison.Ordinal);
        Assert.Contains("cannot be read", TlsSection.Check(new(silo.Certificate, "/nowhere.key", authority.PemFile, authority.PemFile)), StringComparison.Ordinal);
        Assert.Contains("holds no certificate", TlsSection.Check(new(silo.Certificate, silo.Key, silo.Key, authority.PemFile)), StringComparison.Ordinal);
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
        Assert.Equal(("127.0.0.2", "night", "tom", 1, 2), (cluster.AdvertisedAddress.ToString(), cluster.ClusterId, cluster.ServiceId, cluster.SiloPort, cluster.GatewayPort));
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
    [InlineData("\"TLS\": { \"CERTIFICATE\": \"a.pem\" }", "CLUSTER.TLS.CA: missing")]
    [InlineData("\"TLS\": 7", "CLUSTER.TLS: the number given; allowed: an object")]
    [InlineData("\"LISTEN\": \"0.0.0.0\", \"TRUSTED_NETWORK\": \"127.0.0.0/8\"", "CLUSTER.ADVERTISED_ADDRESS: missing beside LISTEN 0.0.0.0")]
    [InlineData("\"ADVERTISED_ADDRESS\": \"0.0.0.0\"", "CLUSTER.ADVERTISED_ADDRESS: \"0.0.0.0\" given; allowed: localhost or an IP address that others")]
    [InlineData("\"TRUSTED_NETWORK\": \"10.0.0.1\"", "CLUSTER.TRUSTED_NETWORK: \"10.0.0.1\" given; allowed: a network such as 10.1.2.0/24")]
    [InlineData("\"LISTEN\": \"10.0.0.2\", \"TRUSTED_NETWORK\": \"10.0.1.0/24\"", "CLUSTER.TRUSTED_NETWORK: 10.0.0.2, the address of this silo itself, is not in 10.0.1.0/24")]
    [InlineData("\"PROBE_TIMEOUT\": 0", "CLUSTER.PROBE_TIMEOUT: the number 0 given; allowed: a number from 0.2 to 60 (seconds)")]
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
    [InlineData("\"HTTP\": { \"KEY\": \"web.key\" }", "HTTP.KEY: given without CERTIFICATE")]
    [InlineData("\"HTTP\": { \"HOSTS\": [\"tom.example.org:80\"] }", "HTTP.HOSTS[0]: \"tom.example.org:80\" given; allowed: a host name without port")]
    [InlineData("\"LOG\": { \"FORMAT\": \"xml\" }", "LOG.FORMAT: \"xml\" given; allowed: text or json")]
    [InlineData("\"TOM_NAME\": \"\"", "TOM_NAME: \"\" given; allowed: a text of one line")]
    [InlineData("\"TOM_NAME\": 7", "TOM_NAME: the number 7 given; allowed: a text of one line")]
    [InlineData("\"DATA_PATH\": true", "DATA_PATH: the value true given; allowed: a folder")]
    [InlineData("\"DATASHARING\": {}", "DATASHARING: unknown key; did you mean DATA_SHARING? known here: TOM_NAME, DATA_PATH, HTTP, CLUSTER, LOG, DATA_SHARING, PLUGINS, ALERT_STREAMS")]
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
