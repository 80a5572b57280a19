using System.Data.Common;
using System.Globalization;
using System.Text;
using TomOrleans.Storage.Dialects;

namespace TomOrleans.Storage.Migrations;

/// <summary>Both areas in one database; each script applied is a row of <c>tom_schema</c>, and an advisory lock keeps other migrators out.</summary>
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

    public override async Task<IReadOnlySet<int>> AppliedAsync(string area, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(database.DataSource, cancellation);
        var made = await new Sql(database.Dialect, connection, null, "SELECT to_regclass('tom_schema') IS NOT NULL").FirstAsync(r => r.GetBoolean(0), cancellation);
        return made ? await AppliedAsync(connection, null, area, cancellation) : new HashSet<int>();
    }

    public override async Task<int> ApplyAsync(IReadOnlyList<Migration> migrations, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(database.DataSource, cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await RunAsync(connection, transaction, Lock, cancellation);
        await RunAsync(connection, transaction, VersionTable, cancellation);
        var missing = Missing(migrations, await AppliedAsync(connection, transaction, migrations[0].Area, cancellation));
        foreach (var migration in missing)
        {
            await RunAsync(connection, transaction, migration.Text, cancellation);
            await RunAsync(connection, transaction, NoteVersion(migration), cancellation);
        }

        await transaction.CommitAsync(cancellation);
        return missing.Length;
    }

    public override string Script(IReadOnlyList<Migration> missing, IReadOnlyList<Migration> applied)
    {
        var text = new StringBuilder().AppendLine("BEGIN;").Append(Lock).AppendLine(";").Append(VersionTable).AppendLine(";");
        foreach (var migration in missing)
            text.AppendLine(migration.Text).Append(NoteVersion(migration)).AppendLine(";");
        return text.AppendLine("COMMIT;").ToString();
    }

    private static string NoteVersion(Migration migration) =>
        string.Create(CultureInfo.InvariantCulture, $"INSERT INTO tom_schema (area, version, name) VALUES ('{migration.Area}', {migration.Number}, '{migration.Name}')");

    private async Task<IReadOnlySet<int>> AppliedAsync(DbConnection connection, DbTransaction? transaction, string area, CancellationToken cancellation) =>
        (await new Sql(database.Dialect, connection, transaction, "SELECT version FROM tom_schema WHERE area = @area")
            .With("area", area).ListAsync(r => r.GetInt32(0), cancellation)).ToHashSet();

    private Task<int> RunAsync(DbConnection connection, DbTransaction transaction, string text, CancellationToken cancellation) =>
        new Sql(database.Dialect, connection, transaction, text).ExecuteAsync(cancellation);
}
