using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace TomOrleans.Storage.Writing;

/// <summary>
/// A prepared statement of SQLite itself. A command of the driver looks its parameters up by name and boxes their values each time, which costs more than the row.
/// Bind all parameters in order, then execute or read to the end; after an exception it is ready to be bound again.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private int _bound;

    public SqliteStatement(SqliteConnection connection, string text)
    {
        _database = connection.Handle!;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(_database, text, out _statement), _database);
    }

    public SqliteStatement Bind(long value) => Checked(raw.sqlite3_bind_int64(_statement, ++_bound, value));

    public SqliteStatement Bind(long? value) => value is { } number ? Bind(number) : Null();

    public SqliteStatement Bind(bool value) => Bind(value ? 1L : 0L);

    public SqliteStatement Bind(double? value) => value is { } number ? Checked(raw.sqlite3_bind_double(_statement, ++_bound, number)) : Null();

    public SqliteStatement Bind(string? value) => value is not null ? Checked(raw.sqlite3_bind_text(_statement, ++_bound, value)) : Null();

    /// <summary>Null is NULL, an empty array an empty blob.</summary>
    public SqliteStatement Bind(byte[]? value) =>
        value is null ? Null()
        : value.Length == 0 ? Checked(raw.sqlite3_bind_zeroblob(_statement, ++_bound, 0))
        : Checked(raw.sqlite3_bind_blob(_statement, ++_bound, value));

    /// <summary>As 16 bytes, big-endian.</summary>
    public SqliteStatement Bind(Guid? value)
    {
        if (value is not { } guid)
        {
            return Null();
        }

        Span<byte> bytes = stackalloc byte[16];
        guid.TryWriteBytes(bytes, bigEndian: true, out _);
        return Checked(raw.sqlite3_bind_blob(_statement, ++_bound, bytes));
    }

    /// <summary>Executes a statement that has no rows.</summary>
    public void Execute()
    {
        while (Read())
        {
        }
    }

    /// <summary>Moves to the next row. False when there is none: then the statement can be bound again.</summary>
    public bool Read()
    {
        var result = raw.sqlite3_step(_statement);
        if (result == raw.SQLITE_ROW)
        {
            return true;
        }

        Reset();
        if (result != raw.SQLITE_DONE)
        {
            SqliteException.ThrowExceptionForRC(result, _database);
        }

        return false;
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public long Long(int column) => raw.sqlite3_column_int64(_statement, column);

    public int Int(int column) => raw.sqlite3_column_int(_statement, column);

    public int? OptionalInt(int column) => IsNull(column) ? null : Int(column);

    public Guid? OptionalGuid(int column) => IsNull(column) ? null : new Guid(raw.sqlite3_column_blob(_statement, column), bigEndian: true);

    /// <summary>Leaves the rows that were not read, and forgets what was bound.</summary>
    public void Reset()
    {
        _bound = 0;

        // Its result is that of the step before.
        raw.sqlite3_reset(_statement);
    }

    public void Dispose() => _statement.Dispose();

    private SqliteStatement Null() => Checked(raw.sqlite3_bind_null(_statement, ++_bound));

    private SqliteStatement Checked(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            Reset();
            SqliteException.ThrowExceptionForRC(result, _database);
        }

        return this;
    }
}
