using System.CommandLine;
using TomOrleans.Silo.Configuration.Reading;

namespace TomOrleans.Silo.Configuration.CommandLine;

/// <summary>The options of the command line, and the settings they override.</summary>
internal sealed class SiloOptions
{
    public Option<string?> Config { get; } = new("--config")
    {
        Description = "Configuration file, usually tom.json. Default: what TOM_CONFIG names; without either the sandbox runs.",
        HelpName = "FILE",
        Recursive = true,
    };

    public Option<string?> Data { get; } = new("--data")
    {
        Description = "Folder of databases and tokens (DATA_PATH).",
        HelpName = "DIR",
        Recursive = true,
    };

    public Option<int?> HttpPort { get; } = new("--http-port")
    {
        Description = "Port of page and API (HTTP.PORT); 0 takes a free one.",
        HelpName = "N",
    };

    public Option<bool> CheckConfig { get; } = new("--check-config")
    {
        Description = "Show the effective settings without secrets and end, or show all faults and end with 1.",
    };

    public Option<bool> NoMigrate { get; } = new("--no-migrate")
    {
        Description = "Leave the schema alone, for an account that may change no table: the start is refused where 'db migrate' has not been run.",
    };

    public ConfigurationReading Read(ParseResult arguments, IReadOnlyDictionary<string, string> environment, BuiltParts built)
    {
        var overrides = new List<SettingOverride>();
        if (arguments.GetValue(Data) is { } data)
        {
            overrides.Add(new(["DATA_PATH"], data, "--data"));
        }

        if (arguments.GetValue(HttpPort) is { } port)
        {
            overrides.Add(new(["HTTP", "PORT"], $"{port}", "--http-port"));
        }

        var file = arguments.GetValue(Config) ?? (environment.TryGetValue("TOM_CONFIG", out var named) && named.Length > 0 ? named : null);
        var reading = ReadNow();
        return reading with
        {
            // The sandbox is no file that could change.
            Configuration = reading.Configuration is { IsSandbox: false } configuration ? configuration with { Source = new(reading, ReadNow) } : reading.Configuration,
        };

        ConfigurationReading ReadNow() => TomConfigurationReader.Read(file, environment, overrides, built);
    }
}
