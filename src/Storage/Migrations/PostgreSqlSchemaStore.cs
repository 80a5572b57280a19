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

    /// <summary>0.1 made the table without it.</summary>
    private const string NeedsColumn = "ALTER TABLE tom_schema ADD COLUMN IF NOT EXISTS needs integer";

    public override async Task<IReadOnlyDictionary<int, int?>> AppliedAsync(string area, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(database.DataSource, cancellation);
        return await AppliedAsync(connection, null, area, cancellation);
    }

    public override async Task<int> ApplyAsync(IReadOnlyList<Migration> migrations, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(database.DataSource, cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await RunAsync(connection, transaction, Lock, cancellation);
        var missing = Missing(migrations, await AppliedAsync(connection, transaction, migrations[0].Area, cancellation));
        if (missing.Length > 0)
        {
            // Only then: an account without the right to make tables can start on a schema that has all.
            await RunAsync(connection, transaction, VersionTable, cancellation);
            await RunAsync(connection, transaction, NeedsColumn, cancellation);
        }

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
        var text = new StringBuilder().AppendLine("BEGIN;").Append(Lock).AppendLine(";").Append(VersionTable).AppendLine(";").Append(NeedsColumn).AppendLine(";");
        foreach (var migration in missing)
            text.AppendLine(migration.Text).Append(NoteVersion(migration)).AppendLine(";");
        return text.AppendLine("COMMIT;").ToString();
    }

    private static string NoteVersion(Migration migration) =>
        string.Create(CultureInfo.InvariantCulture, $"INSERT INTO tom_schema (area, version, name, needs) VALUES ('{migration.Area}', {migration.Number}, '{migration.Name}', {(object?)migration.Needs ?? "NULL"})");

    private async Task<IReadOnlyDictionary<int, int?>> AppliedAsync(DbConnection connection, DbTransaction? transaction, string area, CancellationToken cancellation)
    {
        if (!await IsSoAsync("SELECT to_regclass('tom_schema') IS NOT NULL"))
            return new Dictionary<int, int?>();

        // Without the column nobody says what can live with what: then each needs whoever knows it.
        var needs = await IsSoAsync("SELECT EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = to_regclass('tom_schema') AND attname = 'needs' AND NOT attisdropped)") ? "needs" : "version";
        return (await new Sql(database.Dialect, connection, transaction, $"SELECT version, {needs} FROM tom_schema WHERE area = @area")
            .With("area", area).ListAsync(r => (Version: r.GetInt32(0), Needs: r.IsDBNull(1) ? (int?)null : r.GetInt32(1)), cancellation)).ToDictionary(row => row.Version, row => row.Needs);

        Task<bool> IsSoAsync(string question) => new Sql(database.Dialect, connection, transaction, question).FirstAsync(r => r.GetBoolean(0), cancellation);
    }

    private Task<int> RunAsync(DbConnection connection, DbTransaction transaction, string text, CancellationToken cancellation) =>
        new Sql(database.Dialect, connection, transaction, text).ExecuteAsync(cancellation);
}
