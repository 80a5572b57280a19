namespace TomOrleans.Storage;

/// <summary>The database behind the tables.</summary>
public enum SqlDialect
{
    /// <summary>Two files in a folder; one host.</summary>
    Sqlite,

    /// <summary>A server that several hosts share.</summary>
    PostgreSql,
}
