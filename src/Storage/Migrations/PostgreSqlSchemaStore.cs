using System.Data.Common;
using System.Globalization;
using System.Text;
using TomOrleans.Storage.Dialects;

namespace TomOrleans.Storage.Migrations;

/// <summary>Both areas in one database; the versions are rows of <c>tom_schema</c>, and an advisory lock keeps other migrators out.</summary>
internal sealed class PostgreSqlSchemaStore(TomDatabase database) : SchemaStore
{
    // Any number will do that nobody else locks: "TomO" in ASCII.
    private const string Lock = "SELECT pg_advisory_xact_lock(1416588623)";

    private const string VersionTable = """
        CREATE TABLE IF NOT EXISTS tom_schema (
            area text NOT NULL,
            version integer NOT NULL,
            name text NOT NULL,
            applied timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (area, version))
        """;

    public override async Task<int> VersionAsync(string area, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(database.DataSource, cancellation);
        var made = await new Sql(database.Dialect, connection, null, "SELECT to_regclass('tom_schema') IS NOT NULL").FirstAsync(r => r.GetBoolean(0), cancellation);
        return made ? await VersionAsync(connection, null, area, cancellation) : 0;
    }

    public override async Task<int> ApplyAsync(IReadOnlyList<Migration> migrations, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(database.DataSource, cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await RunAsync(connection, transaction, Lock, cancellation);
        await RunAsync(connection, transaction, VersionTable, cancellation);
        var version = await VersionAsync(connection, transaction, migrations[0].Area, cancellation);
        Migrator.ThrowIfNewer(migrations[0].Area, version, migrations[^1].Number);
        var missing = migrations.Where(m => m.Number > version).ToArray();
        foreach (var migration in missing)
        {
            await RunAsync(connection, transaction, migration.Text, cancellation);
            await RunAsync(connection, transaction, NoteVersion(migration), cancellation);
        }

        await transaction.CommitAsync(cancellation);
        return missing.Length;
    }

    public override string Script(IReadOnlyList<Migration> migrations)
    {
        var text = new StringBuilder().AppendLine("BEGIN;").Append(Lock).AppendLine(";").Append(VersionTable).AppendLine(";");
        foreach (var migration in migrations)
            text.AppendLine(migration.Text).Append(NoteVersion(migration)).AppendLine(";");
        return text.AppendLine("COMMIT;").ToString();
    }

    private static string NoteVersion(Migration migration) =>
        string.Create(CultureInfo.InvariantCulture, $"INSERT INTO tom_schema (area, version, name) VALUES ('{migration.Area}', {migration.Number}, '{migration.Name}')");

    private Task<int> VersionAsync(DbConnection connection, DbTransaction? transaction, string area, CancellationToken cancellation) =>
        new Sql(database.Dialect, connection, transaction, "SELECT coalesce(max(version), 0) FROM tom_schema WHERE area = @area")
            .With("area", area).FirstAsync(r => r.GetInt32(0), cancellation);

    private Task<int> RunAsync(DbConnection connection, DbTransaction transaction, string text, CancellationToken cancellation) =>
        new Sql(database.Dialect, connection, transaction, text).ExecuteAsync(cancellation);
}
