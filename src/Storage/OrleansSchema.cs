namespace TomOrleans.Storage;

/// <summary>
/// What Orleans' ADO.NET providers are configured with: these names and <see cref="TomDatabase.OrleansDataSource"/>. Their tables and statements (OrleansQuery) are ours
/// and are made by the <see cref="Migrations.Migrator"/>: grain storage and reminders on both databases, clustering on PostgreSQL.
/// </summary>
public static class OrleansSchema
{
    /// <summary>Orleans' name for Microsoft.Data.Sqlite.</summary>
    public const string SqliteInvariant = "System.Data.SQLite";

    /// <summary>Orleans' name for Npgsql.</summary>
    public const string PostgreSqlInvariant = "Npgsql";

    public static string Invariant(SqlDialect dialect) => dialect == SqlDialect.Sqlite ? SqliteInvariant : PostgreSqlInvariant;
}
