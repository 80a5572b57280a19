using System.Collections;

namespace TomOrleans.Silo.Configuration.Reading;

/// <summary>
/// Environment variables that override scalar keys in .NET's way: <c>CLUSTER__SILO_PORT</c>, <c>ALERT_STREAMS__0__OPTIONS__URL</c>. Names are compared
/// without case. A variable counts when it is named like a scalar key of the top level, or begins with any key of the top level and <c>__</c>.
/// </summary>
public static class EnvironmentOverrides
{
    private static readonly string[] Scalars = ["TOM_NAME", "DATA_PATH"];
    private static readonly string[] Sections = ["HTTP", "CLUSTER", "LOG", "ALERT_STREAMS", "DATA_SHARING", "PLUGINS"];

    /// <summary>The environment of this process.</summary>
    public static IReadOnlyDictionary<string, string> OfProcess() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(
            variable => (string)variable.Key,
            variable => (string?)variable.Value ?? "",
            OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    internal static IEnumerable<SettingOverride> Find(ReadingContext context)
    {
        var named = context.Environment
            .Where(variable => IsOverride(variable.Key))
            .GroupBy(variable => variable.Key, StringComparer.OrdinalIgnoreCase)
            .OrderBy(group => group.Key, StringComparer.OrdinalIgnoreCase);
        foreach (var group in named)
        {
            if (group.Count() > 1)
            {
                context.Fault("", $"environment variables {string.Join(" and ", group.Select(variable => variable.Key))} mean the same key; leave one");
            }

            var (name, value) = group.First();
            yield return new([.. name.Split("__")], value, $"environment variable {ShownText.Escape(name)}");
        }
    }

    private static bool IsOverride(string name)
    {
        var end = name.IndexOf("__", StringComparison.Ordinal);
        return end < 0
            ? Scalars.Contains(name, StringComparer.OrdinalIgnoreCase)
            : Scalars.Concat(Sections).Contains(name[..end], StringComparer.OrdinalIgnoreCase);
    }
}
