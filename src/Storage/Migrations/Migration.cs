using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace TomOrleans.Storage.Migrations;

/// <summary>
/// One numbered script. Scripts are embedded, applied in the order of their numbers, each once, and never changed once released. One that only adds, as almost all do, lets older programs live beside it. One that
/// takes away or changes what they use says in a line <c>-- Needs 0042</c> which migration a program must know at least; the database keeps that for those who do not know this script.
/// </summary>
internal sealed partial record Migration(string Area, int Number, string Name, string Text)
{
    /// <summary>Our tables.</summary>
    public const string Tom = "tom";

    /// <summary>The tables of Orleans' providers.</summary>
    public const string Orleans = "orleans";

    /// <summary>The migration that a program must know to run on what this one makes; null where it only adds.</summary>
    public int? Needs { get; } = NeedsLine().Match(Text) is { Success: true } found ? int.Parse(found.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null;

    /// <summary>The scripts of an area for a database; resource names are <c>area/0001_name.database.sql</c>.</summary>
    public static IReadOnlyList<Migration> Of(string area, SqlDialect dialect)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var suffix = dialect == SqlDialect.Sqlite ? ".sqlite.sql" : ".postgresql.sql";
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(area + "/", StringComparison.Ordinal) && name.EndsWith(suffix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                var file = name[(area.Length + 1)..^suffix.Length];
                return new Migration(area, int.Parse(file.AsSpan(0, 4), CultureInfo.InvariantCulture), file[5..], reader.ReadToEnd());
            })
            .ToArray();
    }

    [GeneratedRegex(@"^-- Needs (\d{4})\b", RegexOptions.Multiline)]
    private static partial Regex NeedsLine();
}
