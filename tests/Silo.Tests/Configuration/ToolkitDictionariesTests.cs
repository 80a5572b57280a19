using TomOrleans.Silo.Configuration;

namespace TomOrleans.Silo.Tests.Configuration;

/// <summary>The dictionaries of the Toolkit's pages, os.getenv written as ${NAME:-default}.</summary>
public sealed class ToolkitDictionariesTests
{
    private const string Hermes = """
        { "DATA_SHARING": { "hermes": {
            "DISPLAY_NAME": "${HERMES_DISPLAY_NAME:-Hermes}",
            "BASE_URL": "${HERMES_BASE_URL:-https://hermes.lco.global/}",
            "HERMES_API_KEY": "${HERMES_API_KEY:-set HERMES_API_KEY value in environment}",
            "DEFAULT_AUTHORS": "${HERMES_DEFAULT_AUTHORS:-set your default authors here}",
            "USER_TOPICS": ["hermes.test", "tomtoolkit.test"] } } }
        """;

    private const string Hopskotch = """
        { "TOM_NAME": "Las Campanas TOM!", "ALERT_STREAMS": [ {
            "ACTIVE": true,
            "NAME": "tom_alertstreams.alertstreams.hopskotch.HopskotchAlertStream",
            "OPTIONS": {
              "URL": "kafka://kafka.scimma.org/",
              "USERNAME": "${SCIMMA_CREDENTIAL_USERNAME:-set SCIMMA_CREDENTIAL_USERNAME value in environment}",
              "PASSWORD": "${SCIMMA_CREDENTIAL_PASSWORD:-set SCIMMA_CREDENTIAL_USERNAME value in environment}",
              "TOPIC_HANDLERS": { "tomtoolkit.test": "tom_dataproducts.alertstreams.hermes.hermes_alert_handler" } } } ] }
        """;

    private const string Gcn = """
        { "ALERT_STREAMS": [ {
            "NAME": "tom_alertstreams.alertstreams.gcn.GCNClassicAlertStream",
            "OPTIONS": {
              "GCN_CLASSIC_CLIENT_ID": "${GCN_CLASSIC_CLIENT_ID}",
              "GCN_CLASSIC_CLIENT_SECRET": "${GCN_CLASSIC_CLIENT_SECRET}",
              "TOPIC_HANDLERS": { "gcn.classic.text.LVC_INITIAL": "tom_alertstreams.alertstreams.alertstream.alert_logger" } } } ] }
        """;

    private const string Toms = """
        { "DATA_SHARING": { "not-my-tom": {
            "DISPLAY_NAME": "Not My Tom", "BASE_URL": "http://notmytom.com/", "USERNAME": "${NOT_MY_TOM_USERNAME}", "PASSWORD": "${NOT_MY_TOM_PASSWORD}" } } }
        """;

    private static readonly Dictionary<string, string> Scimma = new() { ["SCIMMA_CREDENTIAL_USERNAME"] = "anna-0001", ["SCIMMA_CREDENTIAL_PASSWORD"] = "pw" };

    [Fact]
    public void The_page_s_Hermes_destination_is_read()
    {
        var configuration = Read.Configuration(Hermes, new() { ["HERMES_API_KEY"] = "k3y", ["HERMES_DEFAULT_AUTHORS"] = "A. Author (Here)" });

        var hermes = Assert.Single(configuration.Destinations);
        Assert.Equal(("hermes", DestinationKind.Hermes, "Hermes"), (hermes.Name, hermes.Kind, hermes.DisplayName));
        Assert.Equal(new Uri("https://hermes.lco.global/"), hermes.BaseUrl);
        Assert.Equal("k3y", hermes.ApiKey!.Reveal());
        Assert.Equal("A. Author (Here)", hermes.DefaultAuthors);
        Assert.Equal(["hermes.test", "tomtoolkit.test"], hermes.UserTopics);
    }

    [Fact]
    public void Its_placeholder_texts_are_faults()
    {
        var faults = Read.Faults(Hermes);

        Assert.Equal(2, faults.Count);
        Assert.Contains(faults, fault => fault.StartsWith("tom.json: DATA_SHARING.hermes.HERMES_API_KEY: holds the placeholder", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.StartsWith("tom.json: DATA_SHARING.hermes.DEFAULT_AUTHORS: holds the placeholder", StringComparison.Ordinal));
    }

    [Fact]
    public void The_page_s_Hopskotch_stream_without_GROUP_ID_works()
    {
        var stream = Read.Stream(Hopskotch, Scimma);

        Assert.Equal(("hopskotch", StreamKind.Hopskotch, "anna-0001-las-campanas-tom"), (stream.Id, stream.Kind, stream.GroupId));
        Assert.Equal(
            ["bootstrap.servers = kafka.scimma.org:9092", "security.protocol = SASL_SSL", "sasl.mechanism = SCRAM-SHA-512", "sasl.username = anna-0001", "sasl.password = (set)",
             "fetch.wait.max.ms = 500", $"ssl.ca.location = {Read.Authorities}"],
            stream.Client.Select(property => property.ToString()));
        Assert.Contains(stream.Client, property => property is { Name: "sasl.password", Value: "pw" });
        var binding = Assert.Single(stream.Bindings);
        Assert.Equal("tomtoolkit.test", binding.TopicKey);
        Assert.Equal(["archive", "hermes"], binding.Handlers.Select(handler => handler.Name));
    }

    [Fact]
    public void A_Hopskotch_group_has_to_begin_with_the_user_name()
    {
        var json = Hopskotch.Replace("\"URL\"", "\"GROUP_ID\": \"mine\", \"URL\"", StringComparison.Ordinal);

        Assert.Contains("GROUP_ID: \"mine\" given; HOPSKOTCH", Read.Fault(json, Scimma), StringComparison.Ordinal);
    }

    [Fact]
    public void A_GCN_stream_without_DOMAIN_and_CONFIG_works()
    {
        var environment = new Dictionary<string, string> { ["GCN_CLASSIC_CLIENT_ID"] = "client", ["GCN_CLASSIC_CLIENT_SECRET"] = "s3cret" };

        var stream = Read.Stream(Gcn, environment);
        Assert.Equal(
            ["bootstrap.servers = kafka.gcn.nasa.gov:9092", "security.protocol = SASL_SSL", "sasl.mechanism = OAUTHBEARER", "sasl.oauthbearer.method = oidc",
             "sasl.oauthbearer.client.id = client", "sasl.oauthbearer.client.secret = (set)", "sasl.oauthbearer.token.endpoint.url = https://auth.gcn.nasa.gov/oauth2/token",
             "fetch.wait.max.ms = 500", $"ssl.ca.location = {Read.Authorities}", $"https.ca.location = {Read.Authorities}"],
            stream.Client.Select(property => property.ToString()));
        Assert.Equal("client-tomorleans", stream.GroupId);
        Assert.Equal(["archive", "log"], stream.Bindings.Single().Handlers.Select(handler => handler.Name));
    }

    [Fact]
    public void What_the_README_writes_into_CONFIG_of_GCN_is_understood()
    {
        var json = Gcn.Replace(
            "\"TOPIC_HANDLERS\"",
            """ "CONFIG": { "group.id": "my group", "auto.offset.reset": "earliest", "enable.auto.commit": false }, "TOPIC_HANDLERS" """,
            StringComparison.Ordinal);
        var environment = new Dictionary<string, string> { ["GCN_CLASSIC_CLIENT_ID"] = "client", ["GCN_CLASSIC_CLIENT_SECRET"] = "s3cret" };

        var stream = Read.Stream(json, environment);

        Assert.Equal(("my group", StartKind.Earliest), (stream.GroupId, stream.Start.Kind));
        Assert.DoesNotContain(stream.Client, property => property.Name is "group.id" or "auto.offset.reset" or "enable.auto.commit");
    }

    [Fact]
    public void DOMAIN_moves_broker_and_token_server_and_CONFIG_each_alone()
    {
        var environment = new Dictionary<string, string> { ["GCN_CLASSIC_CLIENT_ID"] = "client", ["GCN_CLASSIC_CLIENT_SECRET"] = "s3cret" };
        var test = Read.Stream(Gcn.Replace("\"TOPIC_HANDLERS\"", "\"DOMAIN\": \"test.gcn.nasa.gov\", \"TOPIC_HANDLERS\"", StringComparison.Ordinal), environment);
        Assert.Contains(test.Client, property => property is { Name: "bootstrap.servers", Value: "kafka.test.gcn.nasa.gov:9092" });
        Assert.Contains(test.Client, property => property is { Name: "sasl.oauthbearer.token.endpoint.url", Value: "https://auth.test.gcn.nasa.gov/oauth2/token" });

        var own = Read.Stream(
            Gcn.Replace("\"TOPIC_HANDLERS\"", """ "CONFIG": { "bootstrap.servers": "localhost:9094" }, "TOPIC_HANDLERS" """, StringComparison.Ordinal), environment);
        Assert.Equal("localhost:9094", Assert.Single(own.Client, property => property.Name == "bootstrap.servers").Value);
    }

    [Fact]
    public void Another_TOM_of_the_Toolkits_page_is_read()
    {
        var environment = new Dictionary<string, string> { ["NOT_MY_TOM_USERNAME"] = "anna", ["NOT_MY_TOM_PASSWORD"] = "pw" };

        var tom = Assert.Single(Read.Configuration(Toms, environment).Destinations);
        Assert.Equal((DestinationKind.Tom, "anna", "pw"), (tom.Kind, tom.UserName, tom.Password!.Reveal()));
    }
}
