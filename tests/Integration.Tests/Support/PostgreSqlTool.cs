using System.Diagnostics;
using System.Globalization;
using Npgsql;
using TomOrleans.Testing.PostgreSql;

namespace TomOrleans.Integration.Tests.Support;

/// <summary>The programs that come with PostgreSQL.</summary>
internal static class PostgreSqlTool
{
    /// <summary>Runs <c>pg_dump</c> or <c>pg_restore</c> on a database, and fails where it does.</summary>
    public static async Task RunAsync(string tool, string connection, params string[] arguments)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection);
        var info = new ProcessStartInfo(Path.Combine(PostgreSqlBinaries.Find()!, tool), [.. arguments, $"--dbname={settings.Database}"]) { RedirectStandardError = true };
        info.Environment["PGHOST"] = settings.Host;
        info.Environment["PGPORT"] = settings.Port.ToString(CultureInfo.InvariantCulture);
        info.Environment["PGUSER"] = settings.Username;
        info.Environment["PGPASSWORD"] = settings.Password;
        using var process = Process.Start(info)!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{tool}: {error}");
    }
}
