using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace TomOrleans.Storage;

/// <summary>Tells faults of the data (one item's own) from faults of ours (database, disk, connection), and puts both in one line.</summary>
internal static class StorageFaults
{
    /// <summary>True when the database failed and not the data: worth repeating, and no reason to blame an item.</summary>
    public static bool IsOurs(Exception exception) => exception switch
    {
        StorageUnavailableException => true,
        SqliteException sqlite => !IsSqliteDataFault(sqlite.SqliteErrorCode),
        PostgresException postgres => !IsPostgreSqlDataFault(postgres.SqlState),
        DbException or IOException or SocketException or TimeoutException or ObjectDisposedException or UnauthorizedAccessException => true,

        // What the drivers say of a connection that is gone.
        InvalidOperationException { Source: "Npgsql" or "Microsoft.Data.Sqlite" } => true,
        _ => false,
    };

    /// <summary>The exception as callers see it: never one of a database driver.</summary>
    public static Exception Translate(Exception exception) => exception switch
    {
        StorageException => exception,
        _ when IsOurs(exception) => new StorageUnavailableException(Explain(exception), exception),
        DbException => new StorageException(Explain(exception), exception),
        _ => exception,
    };

    private static string Explain(Exception exception) => exception switch
    {
        SqliteException { SqliteErrorCode: 5 or 6 } => "The SQLite file is locked by another process for too long.",
        SqliteException { SqliteErrorCode: 13 } => "The disk of the SQLite file is full.",
        SqliteException sqlite => $"SQLite: {FirstLine(sqlite.Message)}",
        PostgresException postgres => $"PostgreSQL: {postgres.SqlState} {FirstLine(postgres.MessageText)}",
        NpgsqlException npgsql => $"PostgreSQL does not answer: {FirstLine((npgsql.InnerException ?? npgsql).Message)}",
        _ => FirstLine(exception.Message),
    };

    internal static string FirstLine(string text)
    {
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        return end < 0 ? text : text[..end];
    }

    // SQLITE_TOOBIG, SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_RANGE (https://www.sqlite.org/rescode.html).
    private static bool IsSqliteDataFault(int code) => code is 18 or 19 or 20 or 25;

    // Class 22 data exception, 23 integrity violation, 54 program limit exceeded (https://www.postgresql.org/docs/current/errcodes-appendix.html).
    private static bool IsPostgreSqlDataFault(string state) =>
        state.StartsWith("22", StringComparison.Ordinal) || state.StartsWith("23", StringComparison.Ordinal) || state.StartsWith("54", StringComparison.Ordinal);
}
