using System.Text;
using TomOrleans.Silo.Configuration;
using TomOrleans.Silo.Configuration.Reading;

namespace TomOrleans.Silo.Tests.Configuration;

/// <summary>Reads a configuration given as text, as the file <c>tom.json</c>.</summary>
internal static class Read
{
    public static ConfigurationReading Text(string json, Dictionary<string, string>? environment = null, BuiltParts? built = null, params SettingOverride[] commandLine) =>
        TomConfigurationReader.Read(
            Encoding.UTF8.GetBytes(json), Context(environment ?? [], built ?? BuiltParts.Now), commandLine);

    private static ReadingContext Context(Dictionary<string, string> environment, BuiltParts built) =>
        new("tom.json", environment, built) { FindAuthorities = () => Authorities, CheckTls = _ => null, CheckCertificate = (_, _) => null };

    /// <summary>Where the system's certificate authorities would be.</summary>
    public const string Authorities = "/etc/authorities.pem";

    /// <summary>The configuration, or a failure that shows the faults.</summary>
    public static TomConfiguration Configuration(string json, Dictionary<string, string>? environment = null, BuiltParts? built = null)
    {
        var reading = Text(json, environment, built);
        Assert.Equal("", ConfigurationPrinter.Faults(reading));
        return reading.Configuration!;
    }

    public static IReadOnlyList<string> Faults(string json, Dictionary<string, string>? environment = null, BuiltParts? built = null)
    {
        var reading = Text(json, environment, built);
        Assert.Null(reading.Configuration);
        return [.. reading.Faults.Select(fault => fault.ToString())];
    }

    /// <summary>The one fault of a configuration that has exactly one.</summary>
    public static string Fault(string json, Dictionary<string, string>? environment = null, BuiltParts? built = null) =>
        Assert.Single(Faults(json, environment, built));

    /// <summary>A Kafka stream that is in order, with more options and more handlers.</summary>
    public static string KafkaStream(string options = "", string handlers = """ "*": "log" """, string entry = "") => $$"""
        { "TOM_NAME": "Night", "ALERT_STREAMS": [ { "NAME": "kafka", {{entry}} "OPTIONS": {
          "BOOTSTRAP_SERVERS": "localhost:9092", {{options}} "TOPIC_HANDLERS": { {{handlers}} } } } ] }
        """;

    public static StreamConfiguration Stream(string json, Dictionary<string, string>? environment = null, BuiltParts? built = null) =>
        Assert.Single(Configuration(json, environment, built).Streams);
}
