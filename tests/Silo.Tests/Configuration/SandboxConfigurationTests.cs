using TomOrleans.Silo.Configuration;
using TomOrleans.Silo.Configuration.Reading;

namespace TomOrleans.Silo.Tests.Configuration;

public sealed class SandboxConfigurationTests
{
    [Fact]
    public void Without_a_file_the_sandbox_is_read()
    {
        var reading = SandboxConfiguration.Create(new Dictionary<string, string>());

        Assert.Empty(reading.Faults);
        var configuration = reading.Configuration!;
        Assert.True(configuration.IsSandbox);
        Assert.Equal("TomOrleans sandbox", configuration.TomName);
        var stream = Assert.Single(configuration.Streams);
        Assert.Equal(("sandbox", StreamKind.Sandbox, StartKind.Earliest), (stream.Id, stream.Kind, stream.Start.Kind));
        var hermes = Assert.Single(stream.Bindings, binding => binding.TopicKey == "hermes.*");
        Assert.Contains(hermes.Handlers, handler => handler is { Kind: HandlerKind.Hermes, Options.CreateTargets: CreateTargets.Always });
        Assert.Equal("hermes", Assert.Single(configuration.Destinations).Name);
    }

    [Fact]
    public void The_environment_and_the_command_line_change_the_sandbox_too()
    {
        var reading = SandboxConfiguration.Create(
            new Dictionary<string, string> { ["TOM_NAME"] = "Mine", ["CLUSTER__GATEWAY_PORT"] = "30001" },
            [new SettingOverride(["HTTP", "PORT"], "0", "--http-port")]);

        var configuration = reading.Configuration!;
        Assert.Equal(("Mine", 30001, 0), (configuration.TomName, configuration.Cluster.GatewayPort, configuration.Http.Port));
    }

    [Fact]
    public void The_host_fills_in_what_is_known_only_when_its_services_listen()
    {
        var configuration = SandboxConfiguration.Create(new Dictionary<string, string>()).Configuration!
            .Connect("127.0.0.1:4711", "embedded-1", new("http://127.0.0.1:4712/"), new("key"));

        var stream = Assert.Single(configuration.Streams);
        Assert.Equal(("bootstrap.servers = 127.0.0.1:4711", "embedded-1"), (Assert.Single(stream.Client).ToString(), stream.ClusterId));
        var hermes = Assert.Single(configuration.Destinations);
        Assert.Equal(("http://127.0.0.1:4712/", "key"), (hermes.BaseUrl.AbsoluteUri, hermes.ApiKey!.Reveal()));
    }

    [Fact]
    public void A_sandbox_stream_beside_real_destinations_leaves_these_alone()
    {
        var configuration = Read.Configuration("""
            { "DATA_SHARING": { "hermes": { "BASE_URL": "https://hermes.lco.global/", "HERMES_API_KEY": "k" } },
              "ALERT_STREAMS": [ { "NAME": "sandbox", "OPTIONS": { "TOPIC_HANDLERS": { "*": "log" } } } ] }
            """).Connect("127.0.0.1:4711", "embedded-1", new("http://127.0.0.1:4712/"), new("key"));

        Assert.Equal("https://hermes.lco.global/", Assert.Single(configuration.Destinations).BaseUrl.AbsoluteUri);
        Assert.Equal("127.0.0.1:4711", Assert.Single(Assert.Single(configuration.Streams).Client).Value);
    }
}
