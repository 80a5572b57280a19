using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;

namespace TomOrleans.Storage.Migrations;

/// <summary>
/// Each area is a file of its own; each script applied is a row of its <c>tom_schema</c>. The highest number is the file's <c>user_version</c> too: 0.1 and 0.2 knew no other record, and
/// refuse by it what is newer than they are.
/// </summary>
internal sealed class SqliteSchemaStore(TomDatabase database) : SchemaStore
{
    private const string RecordTable = "CREATE TABLE IF NOT EXISTS tom_schema (version INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP, needs INTEGER)";

    /// <summary>The first of these tables had none.</summary>
    private const string NeedsColumn = "ALTER TABLE tom_schema ADD COLUMN needs INTEGER";

    public override async Task<IReadOnlyDictionary<int, int?>> AppliedAsync(string area, CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(area, cancellation);
        return Applied(connection, null, Migration.Of(area, SqlDialect.Sqlite));
    }

    public override async Task<int> ApplyAsync(IReadOnlyList<Migration> migrations, CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(migrations[0].Area, cancellation);
        await using var transaction = connection.BeginTransaction(deferred: false);
        var applied = Applied(connection, transaction, migrations);
        var missing = Missing(migrations, applied);
        if (HasRecords(connection, transaction))
        {
            if (missing.Length > 0 && !HasNeeds(connection, transaction))
                Run(connection, transaction, NeedsColumn);
        }
        else
        {
            Run(connection, transaction, RecordTable);
            foreach (var migration in migrations.Where(migration => applied.ContainsKey(migration.Number)))
                Run(connection, transaction, Note(migration));
        }

        foreach (var migration in missing)
        {
            Run(connection, transaction, migration.Text);
            Run(connection, transaction, Note(migration));
        }

        Run(connection, transaction, SetVersion(applied.Keys.Concat(missing.Select(migration => migration.Number))));
        await transaction.CommitAsync(cancellation);
        return missing.Length;
    }

    public override string Script(IReadOnlyList<Migration> missing, IReadOnlyList<Migration> applied)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"-- For {missing[0].Area}.db").AppendLine("BEGIN IMMEDIATE;").Append(RecordTable).AppendLine(";");
        foreach (var migration in applied)
            text.AppendLine(Note(migration));
        foreach (var migration in missing)
            text.AppendLine(migration.Text).AppendLine(Note(migration));
        return text.AppendLine(SetVersion(applied.Concat(missing).Select(migration => migration.Number))).AppendLine("COMMIT;").ToString();
    }

    private static string Note(Migration migration) =>
        migration.Needs is { } needs
            ? string.Create(CultureInfo.InvariantCulture, $"INSERT OR IGNORE INTO tom_schema (version, name, needs) VALUES ({migration.Number}, '{migration.Name}', {needs});")
            : string.Create(CultureInfo.InvariantCulture, $"INSERT OR IGNORE INTO tom_schema (version, name) VALUES ({migration.Number}, '{migration.Name}');");

    private static string SetVersion(IEnumerable<int> numbers) => string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {numbers.DefaultIfEmpty().Max()};");

    private async Task<SqliteConnection> OpenAsync(string area, CancellationToken cancellation) =>
        (SqliteConnection)await database.OpenAsync(area == Migration.Tom ? database.DataSource : database.OrleansDataSource, cancellation);

    private static Dictionary<int, int?> Applied(SqliteConnection connection, SqliteTransaction? transaction, IReadOnlyList<Migration> migrations)
    {
        // Where nobody says what can live with what, each needs whoever knows it.
        if (HasRecords(connection, transaction))
            return Rows(connection, transaction, HasNeeds(connection, transaction) ? "SELECT version, needs FROM tom_schema" : "SELECT version, version FROM tom_schema").ToDictionary(row => row.Number, row => row.Needs);

        // Scripts ran in the order of their numbers then. A higher number than all of ours is somebody else's.
        var version = Number(connection, transaction, "PRAGMA user_version");
        int[] numbers = [.. migrations.Select(migration => migration.Number).Where(number => number <= version), .. version > migrations[^1].Number ? new[] { version } : []];
        return numbers.ToDictionary(number => number, number => (int?)number);
    }

    private static bool HasRecords(SqliteConnection connection, SqliteTransaction? transaction) =>
        Number(connection, transaction, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'tom_schema'") > 0;

    private static bool HasNeeds(SqliteConnection connection, SqliteTransaction? transaction) =>
        Number(connection, transaction, "SELECT count(*) FROM pragma_table_info('tom_schema') WHERE name = 'needs'") > 0;

    private static int Number(SqliteConnection connection, SqliteTransaction? transaction, string query) => Rows(connection, transaction, query).Single().Number;

    private static List<(int Number, int? Needs)> Rows(SqliteConnection connection, SqliteTransaction? transaction, string query)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // Constants of this class.
        command.CommandText = query;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var rows = new List<(int, int?)>();
        while (reader.Read())
            rows.Add((reader.GetInt32(0), reader.FieldCount < 2 || reader.IsDBNull(1) ? null : reader.GetInt32(1)));
        return rows;
    }

    private static void Run(SqliteConnection connection, SqliteTransaction transaction, string text)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // The text is an embedded script.
        command.CommandText = text;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
