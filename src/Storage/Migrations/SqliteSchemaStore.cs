using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;

namespace TomOrleans.Storage.Migrations;

/// <summary>The version is the file's <c>user_version</c>; each area is a file of its own.</summary>
internal sealed class SqliteSchemaStore(TomDatabase database) : SchemaStore
{
    public override async Task<int> VersionAsync(string area, CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(area, cancellation);
        return Version(connection, null);
    }

    public override async Task<int> ApplyAsync(IReadOnlyList<Migration> migrations, CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(migrations[0].Area, cancellation);
        await using var transaction = connection.BeginTransaction(deferred: false);
        var version = Version(connection, transaction);
        Migrator.ThrowIfNewer(migrations[0].Area, version, migrations[^1].Number);
        var missing = migrations.Where(m => m.Number > version).ToArray();
        foreach (var migration in missing)
        {
            Run(connection, transaction, migration.Text);
            Run(connection, transaction, SetVersion(migration));
        }

        await transaction.CommitAsync(cancellation);
        return missing.Length;
    }

    public override string Script(IReadOnlyList<Migration> migrations)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"-- For {migrations[0].Area}.db").AppendLine("BEGIN IMMEDIATE;");
        foreach (var migration in migrations)
            text.AppendLine(migration.Text).AppendLine(SetVersion(migration));
        return text.AppendLine("COMMIT;").ToString();
    }

    private static string SetVersion(Migration migration) => string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {migration.Number};");

    private async Task<SqliteConnection> OpenAsync(string area, CancellationToken cancellation) =>
        (SqliteConnection)await database.OpenAsync(area == Migration.Tom ? database.DataSource : database.OrleansDataSource, cancellation);

    private static int Version(SqliteConnection connection, SqliteTransaction? transaction)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "PRAGMA user_version";
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static void Run(SqliteConnection connection, SqliteTransaction transaction, string text)
    {
        using DbCommand command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // The text is an embedded script.
        command.CommandText = text;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
