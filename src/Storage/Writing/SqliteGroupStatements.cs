using Microsoft.Data.Sqlite;
using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Dialects;
using TomOrleans.Storage.Parked;
using TomOrleans.Storage.Photometry;

namespace TomOrleans.Storage.Writing;

/// <summary>The writer's statements on SQLite, prepared once a connection. Parameters are by position.</summary>
internal sealed class SqliteGroupStatements : IDisposable
{
    private readonly List<SqliteCommand> _all = [];
    private readonly SqliteCommand _targetExists;
    private readonly SqliteCommand _readContents;
    private readonly SqliteCommand _readCursor;
    private readonly SqliteCommand _insertPoint;
    private readonly SqliteCommand _moveSource;
    private readonly SqliteCommand _summarise;
    private readonly SqliteCommand _moveCursor;
    private readonly SqliteCommand _insertParked;

    public SqliteGroupStatements(SqliteConnection connection)
    {
        SqliteCommand Prepare(string text, int parameters)
        {
            var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant of this file.
            command.CommandText = text;
#pragma warning restore CA2100
            for (var i = 1; i <= parameters; i++)
                command.Parameters.Add(new SqliteParameter($"${i}", null));
            _all.Add(command);
            return command;
        }

        _targetExists = Prepare("SELECT 1 FROM target WHERE id = $1", 1);
        _readContents = Prepare("""
            SELECT content, retracted, source, source_offset, message_id, sender, source_us
            FROM photometry WHERE target_id = $1 AND identity = $2
            """, 2);
        _readCursor = Prepare("""
            SELECT id, owner_epoch, next_offset FROM handler_cursor
            WHERE stream = $1 AND topic = $2 AND partition = $3 AND handler = $4
            """, 4);
        _insertPoint = Prepare($"""
            INSERT INTO photometry ({PhotometryText.Columns})
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)
            """, 24);
        _moveSource = Prepare("""
            UPDATE photometry SET source = $4, source_offset = $5, message_id = $6, sender = $7, source_us = $8
            WHERE target_id = $1 AND identity = $2 AND content = $3
            """, 8);
        _summarise = Prepare("""
            UPDATE target SET points = points + $2, first_us = min(coalesce(first_us, $3), $3), last_us = max(coalesce(last_us, $4), $4)
            WHERE id = $1
            """, 4);
        _moveCursor = Prepare("""
            UPDATE handler_cursor
            SET next_offset = $2, consumed = consumed + $3, handled = handled + $4, ignored = ignored + $5, parked = parked + $6, lost = lost + $7
            WHERE id = $1
            """, 7);
        _insertParked = Prepare("""
            INSERT INTO parked (cursor_id, message_offset, time_us, message_key, headers, value, reason, faults, attempts, parked_us, next_try_us, state)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            """, 12);
    }

    public void Enlist(SqliteTransaction transaction) => _all.ForEach(command => command.Transaction = transaction);

    public bool TargetExists(long id) => Bind(_targetExists, id).ExecuteScalar() is not null;

    public void ReadContents(PointIdentity identity, PhotometryMerge into)
    {
        using var reader = Bind(_readContents, identity.TargetId, identity.Identity).ExecuteReader();
        while (reader.Read())
        {
            var source = reader.IsDBNull(2) ? null : new StoredSource(
                reader.GetInt32(2),
                reader.GetInt64(3),
                reader.Bytes(4) is { } guid ? new Guid(guid, bigEndian: true) : null,
                reader.Int(5),
                reader.GetInt64(6));
            into.AddStored(identity, reader.GetInt64(0), reader.GetBoolean(1), source);
        }
    }

    public void ReadCursor(CursorKey key, CursorLedger into)
    {
        using var reader = Bind(_readCursor, key.Stream, key.Topic, key.Partition, key.Handler).ExecuteReader();
        if (reader.Read())
            into.AddStored(key, reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
    }

    public void InsertPoint(StoredPoint point)
    {
        var (row, source) = (point.Row, point.Source);
        Bind(
            _insertPoint,
            point.TargetId, row.Identity, row.Content, row.TimeMicroseconds, row.TimeForm, row.TimeText, point.Band, point.Telescope, point.Instrument,
            row.Value, row.Error, row.Unit, row.Limit, row.LimitError, row.LimitUnit, row.ExposureSeconds, point.Origin, row.MeasurementId, row.IsRetracted,
            source?.Source, source?.Offset, SqliteDialect.Blob(source?.MessageId), source?.Sender, source?.TimeMicroseconds).ExecuteNonQuery();
    }

    public void MoveSource(PointIdentity identity, long content, StoredSource source) => Bind(
        _moveSource,
        identity.TargetId, identity.Identity, content,
        source.Source, source.Offset, SqliteDialect.Blob(source.MessageId), source.Sender, source.TimeMicroseconds).ExecuteNonQuery();

    public void Summarise(long target, long newPoints, long first, long last) => Bind(_summarise, target, newPoints, first, last).ExecuteNonQuery();

    public void MoveCursor(CursorLedger.Entry cursor) => Bind(
        _moveCursor, cursor.Id, cursor.NextOffset, cursor.Consumed, cursor.Handled, cursor.Ignored, cursor.Parked, cursor.Lost).ExecuteNonQuery();

    public void InsertParked(long cursor, NewParked message) => Bind(
        _insertParked,
        cursor, message.Offset, message.TimeMicroseconds, message.Key, message.Headers, message.Value, message.Reason, message.FaultsJson, message.Attempts,
        message.ParkedMicroseconds, message.NextTryMicroseconds, ParkedState.Of(message)).ExecuteNonQuery();

    public void Dispose() => _all.ForEach(command => command.Dispose());

    private static SqliteCommand Bind(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }
}
