using System.Globalization;
using System.Reflection;

namespace TomOrleans.Storage.Migrations;

/// <summary>One numbered script. Scripts are embedded, applied in the order of their numbers, each once, and never changed once released.</summary>
internal sealed record Migration(string Area, int Number, string Name, string Text)
{
    /// <summary>Our tables.</summary>
    public const string Tom = "tom";

    /// <summary>The tables of Orleans' providers.</summary>
    public const string Orleans = "orleans";

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
}
