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
    private const string RecordTable = "CREATE TABLE IF NOT EXISTS tom_schema (version INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP)";

    public override async Task<IReadOnlySet<int>> AppliedAsync(string area, CancellationToken cancellation)
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
        if (!HasRecords(connection, transaction))
        {
            Run(connection, transaction, RecordTable);
            foreach (var migration in migrations.Where(migration => applied.Contains(migration.Number)))
                Run(connection, transaction, Note(migration));
        }

        foreach (var migration in missing)
        {
            Run(connection, transaction, migration.Text);
            Run(connection, transaction, Note(migration));
        }

        Run(connection, transaction, SetVersion(applied.Concat(missing.Select(migration => migration.Number))));
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
        string.Create(CultureInfo.InvariantCulture, $"INSERT OR IGNORE INTO tom_schema (version, name) VALUES ({migration.Number}, '{migration.Name}');");

    private static string SetVersion(IEnumerable<int> numbers) => string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {numbers.DefaultIfEmpty().Max()};");

    private async Task<SqliteConnection> OpenAsync(string area, CancellationToken cancellation) =>
        (SqliteConnection)await database.OpenAsync(area == Migration.Tom ? database.DataSource : database.OrleansDataSource, cancellation);

    private static HashSet<int> Applied(SqliteConnection connection, SqliteTransaction? transaction, IReadOnlyList<Migration> migrations)
    {
        var version = Numbers(connection, transaction, "PRAGMA user_version").Single();
        if (HasRecords(connection, transaction))
            return [.. Numbers(connection, transaction, "SELECT version FROM tom_schema")];

        // Scripts ran in the order of their numbers then. A higher number than all of ours is somebody else's.
        return [.. migrations.Select(migration => migration.Number).Where(number => number <= version), .. version > migrations[^1].Number ? new[] { version } : []];
    }

    private static bool HasRecords(SqliteConnection connection, SqliteTransaction? transaction) =>
        Numbers(connection, transaction, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'tom_schema'").Single() > 0;

    private static List<int> Numbers(SqliteConnection connection, SqliteTransaction? transaction, string query)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // Constants of this class.
        command.CommandText = query;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var numbers = new List<int>();
        while (reader.Read())
            numbers.Add(reader.GetInt32(0));
        return numbers;
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
