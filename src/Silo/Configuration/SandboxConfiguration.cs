using TomOrleans.Silo.Configuration.Reading;

namespace TomOrleans.Silo.Configuration;

/// <summary>
/// The configuration of a run without one: the embedded Kafka and the stand-in Hermes of this process. Written in the words of <c>tom.json</c> and read like
/// it, so the environment and the command line change it in the same way.
/// </summary>
public static class SandboxConfiguration
{
    /// <summary>
    /// The embedded Kafka starts empty and is this process's own, hence <c>earliest</c>. Address and key of the stand-in are known when it listens:
    /// <see cref="Connect"/>.
    /// </summary>
    internal const string Json = """
        {
          "TOM_NAME": "TomOrleans sandbox",
          "DATA_SHARING": {
            "hermes": {
              "DISPLAY_NAME": "Hermes (stand-in)",
              "BASE_URL": "http://stand-in.invalid/",
              "HERMES_API_KEY": "none-yet",
              "DEFAULT_AUTHORS": "The sandbox",
              "USER_TOPICS": ["hermes.test", "tomtoolkit.test"]
            }
          },
          "ALERT_STREAMS": [
            {
              "NAME": "sandbox",
              "OPTIONS": {
                "START_POSITION": "earliest",
                "ARCHIVE": "1d",
                "TOPIC_HANDLERS": {
                  "hermes.*": [{ "HANDLER": "hermes", "CREATE_TARGETS": "always" }, "log"],
                  "tomtoolkit.test": [{ "HANDLER": "hermes", "CREATE_TARGETS": "always" }, "log"],
                  "sys.heartbeat": "heartbeat",
                  "*": "log"
                }
              }
            }
          ]
        }
        """;

    /// <summary>The sandbox as the environment and the command line want it; faults when they hold something wrong.</summary>
    public static ConfigurationReading Create(IReadOnlyDictionary<string, string> environment, IReadOnlyList<SettingOverride>? commandLine = null) =>
        TomConfigurationReader.Read(null, environment, commandLine);

    /// <summary>Fills in what is known only when the embedded services listen: in every sandbox stream, and in the sandbox's own destination <c>hermes</c>.</summary>
    public static TomConfiguration Connect(this TomConfiguration configuration, string bootstrapServers, string clusterId, Uri hermes, Secret apiKey)
    {
        var streams = configuration.Streams.Select(stream => stream.Kind == StreamKind.Sandbox
            ? stream with { Client = [new("bootstrap.servers", bootstrapServers), .. stream.Client], ClusterId = clusterId }
            : stream);
        var destinations = configuration.Destinations.Select(destination => configuration.IsSandbox && destination.Name == "hermes"
            ? destination with { BaseUrl = hermes, ApiKey = apiKey }
            : destination);
        return configuration with { Streams = [.. streams], Destinations = [.. destinations] };
    }
}
