using System.Text;
using TomOrleans.Silo.Configuration.Reading;

namespace TomOrleans.Silo.Configuration;

/// <summary>A reading as text for people, without secrets.</summary>
public static class ConfigurationPrinter
{
    /// <summary>
    /// One line a setting, <c>PATH = value</c>, in the order of reading; after a <c>#</c> where the value comes from if it is not the file's own. A secret is
    /// <c>(set)</c> or <c>(not set)</c>.
    /// </summary>
    public static string Settings(ConfigurationReading reading)
    {
        var text = new StringBuilder();
        text.AppendLine(reading.Configuration is { IsSandbox: true }
            ? "# No configuration file (--config FILE or TOM_CONFIG): the sandbox. Its own services fill in their addresses and key at the start."
            : $"# {reading.Source}");
        foreach (var setting in reading.Settings)
        {
            text.AppendLine(setting.ToString());
        }

        return text.ToString();
    }

    /// <summary>One line a fault.</summary>
    public static string Faults(ConfigurationReading reading) => string.Concat(reading.Faults.Select(fault => $"{fault}{Environment.NewLine}"));
}
