namespace TomOrleans.Testing.PostgreSql;

/// <summary>Where this machine keeps the server's programs.</summary>
public static class PostgreSqlBinaries
{
    /// <summary>The folder with <c>initdb</c> and <c>postgres</c>, the newest version first; null when there is none.</summary>
    public static string? Find()
    {
        var versions = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
            : Enumerable.Empty<string>();
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return versions.Select(folder => Path.Combine(folder, "bin")).Concat(path)
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));
    }
}
