using Microsoft.Data.Sqlite;
using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Dialects;
using TomOrleans.Storage.Messages;
using TomOrleans.Storage.Parked;
using TomOrleans.Storage.Photometry;
using TomOrleans.Storage.Sharing;

namespace TomOrleans.Storage.Writing;

/// <summary>The writer's statements on SQLite, prepared once a connection. Parameters are by number.</summary>
internal sealed class SqliteGroupStatements : IDisposable
{
    private readonly List<SqliteStatement> _all = [];
    private readonly SqliteStatement _targetExists;
    private readonly SqliteStatement _readContents;
    private readonly SqliteStatement _anyOrder;
    private readonly SqliteStatement _ordersOf;
    private readonly SqliteStatement _insertItem;
    private readonly SqliteStatement _insertWaiting;
    private readonly SqliteStatement _readCursor;
    private readonly SqliteStatement _insertPoint;
    private readonly SqliteStatement _moveSource;
    private readonly SqliteStatement _readStatements;
    private readonly SqliteStatement _summarise;
    private readonly SqliteStatement _recount;
    private readonly SqliteStatement _moveCursor;
    private readonly SqliteStatement _insertParked;
    private readonly SqliteStatement _insertLost;
    private readonly SqliteStatement _readKept;
    private readonly SqliteStatement _deleteKept;
    private readonly SqliteStatement _insertKept;
    private readonly SqliteStatement _useKept;

    public SqliteGroupStatements(SqliteConnection connection)
    {
        SqliteStatement Prepare(string text)
        {
            var statement = new SqliteStatement(connection, text);
            _all.Add(statement);
            return statement;
        }

        _targetExists = Prepare("SELECT witnesses FROM target WHERE id = ?1 AND gone_us IS NULL");
        _readContents = Prepare("""
            SELECT content, retracted, source, source_offset, message_id, sender, source_us
            FROM photometry WHERE target_id = ?1 AND identity = ?2
            """);
        _anyOrder = Prepare("SELECT 1 FROM continuous_share LIMIT 1");
        _ordersOf = Prepare("""
            SELECT id FROM continuous_share WHERE target_id = ?1
            UNION ALL SELECT c.id FROM target_in_list i JOIN continuous_share c ON c.target_id = 0 AND c.list_id = i.list_id WHERE i.target_id = ?1
            """);
        _insertItem = Prepare("INSERT INTO continuous_item (continuous_id, target_id, identity, content, trace) VALUES (?1, ?2, ?3, ?4, ?5)");
        _insertWaiting = Prepare("INSERT INTO continuous_waiting (continuous_id, target_id, since_us) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING");

        // Left to itself SQLite reads all rows of the target by its key.
        _readStatements = Prepare($"""
            SELECT p.identity, p.content, p.band, p.telescope, p.origin, {PhotometryText.IsRevised}
            FROM photometry p INDEXED BY photometry_by_time WHERE p.target_id = ?1 AND p.time_us = ?2 AND p.content = ?3
            """);
        _readCursor = Prepare("""
            SELECT id, owner_epoch, next_offset FROM handler_cursor
            WHERE stream = ?1 AND topic = ?2 AND partition = ?3 AND handler = ?4
            """);
        _insertPoint = Prepare($"""
            INSERT INTO photometry ({PhotometryText.Columns})
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27)
            """);
        _moveSource = Prepare("""
            UPDATE photometry SET source = ?4, source_offset = ?5, message_id = ?6, sender = ?7, source_us = ?8
            WHERE target_id = ?1 AND identity = ?2 AND content = ?3
            """);
        _summarise = Prepare("""
            UPDATE target SET points = points + ?2, first_us = min(coalesce(first_us, ?3), ?3), last_us = max(coalesce(last_us, ?4), ?4), witnesses = witnesses + ?5
            WHERE id = ?1
            """);
        _recount = Prepare($"UPDATE target SET points = ({PhotometryText.CountOf}) WHERE id = @id");
        _moveCursor = Prepare("""
            UPDATE handler_cursor
            SET next_offset = ?2, consumed = consumed + ?3, handled = handled + ?4, ignored = ignored + ?5, parked = parked + ?6, lost = lost + ?7, last_us = ?8
            WHERE id = ?1
            """);
        _insertParked = Prepare("""
            INSERT INTO parked (cursor_id, message_offset, time_us, message_key, headers, value, reason, faults, attempts, parked_us, next_try_us, state)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
            """);
        _insertLost = Prepare("INSERT INTO lost_range (cursor_id, first_offset, last_offset, noted_us) VALUES (?1, ?2, ?3, ?4)");
        _readKept = Prepare("SELECT count(*), coalesce(sum(bytes), 0) FROM message WHERE cursor_id = ?1 AND message_offset BETWEEN ?2 AND ?3");
        _deleteKept = Prepare("DELETE FROM message WHERE cursor_id = ?1 AND message_offset BETWEEN ?2 AND ?3");
        _insertKept = Prepare($"INSERT INTO message ({MessageText.Written}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)");
        _useKept = Prepare($"INSERT INTO message_use (cursor_id, messages, bytes) VALUES (?1, ?2, ?3) {MessageText.AddUse}");
    }

    public bool TargetExists(long id, PhotometryMerge into)
    {
        var exists = _targetExists.Bind(id).Read();
        if (exists && _targetExists.Long(0) > 0)
        {
            into.AddWitnessed(id);
        }

        _targetExists.Reset();
        return exists;
    }

    /// <summary>The standing orders of the targets. Without any order at all it is one step, whatever the number of targets.</summary>
    public void ReadOrders(IReadOnlyList<long> targets, ContinuousOrders into)
    {
        var any = _anyOrder.Read();
        _anyOrder.Reset();
        if (!any)
        {
            return;
        }

        foreach (var target in targets)
        {
            for (var row = _ordersOf.Bind(target); row.Read();)
            {
                into.Add(target, row.Long(0));
            }
        }
    }

    public void InsertItem(long order, PointKey point, long since, string? trace)
    {
        _insertItem.Bind(order).Bind(point.TargetId).Bind(point.Identity).Bind(point.Content).Bind(trace).Execute();
        _insertWaiting.Bind(order).Bind(point.TargetId).Bind(since).Execute();
    }

    /// <summary>Who states the same already.</summary>
    public void ReadStatements(PointMoment moment, PhotometryMerge into)
    {
        for (var row = _readStatements.Bind(moment.TargetId).Bind(moment.TimeMicroseconds).Bind(moment.Content); row.Read();)
        {
            into.AddStatement(new(moment.TargetId, moment.TimeMicroseconds, row.Long(1), row.Int(2), row.OptionalInt(3)), row.Long(0), row.Int(4), row.Int(5) != 0);
        }
    }

    public void ReadContents(PointIdentity identity, PhotometryMerge into)
    {
        for (var row = _readContents.Bind(identity.TargetId).Bind(identity.Identity); row.Read();)
        {
            var source = row.IsNull(2) ? null : new StoredSource(row.Int(2), row.Long(3), row.OptionalGuid(4), row.OptionalInt(5), row.Long(6));
            into.AddStored(identity, row.Long(0), row.Int(1) != 0, source);
        }
    }

    public void ReadCursor(CursorKey key, CursorLedger into)
    {
        for (var row = _readCursor.Bind(key.Stream).Bind(key.Topic).Bind(key.Partition).Bind(key.Handler); row.Read();)
        {
            into.AddStored(key, row.Long(0), row.Long(1), row.Long(2));
        }
    }

    public void InsertPoint(StoredPoint point)
    {
        var (row, source) = (point.Row, point.Source);
        _insertPoint
            .Bind(point.TargetId).Bind(row.Identity).Bind(row.Content).Bind(row.TimeMicroseconds).Bind(row.TimeForm).Bind(row.TimeText)
            .Bind(point.Band).Bind(point.Telescope).Bind(point.Instrument)
            .Bind(row.Value).Bind(row.Error).Bind(row.Unit).Bind(row.Limit).Bind(row.Aside?.LimitError).Bind(row.LimitUnit).Bind(row.ExposureSeconds)
            .Bind(point.Origin).Bind(row.MeasurementId).Bind(row.IsRetracted)
            .Bind(source?.Source).Bind(source?.Offset).Bind(source?.MessageId).Bind(source?.Sender).Bind(source?.TimeMicroseconds)
            .Bind(row.Aside?.LimitSigma).Bind(row.Aside?.Observer).Bind(row.Aside?.Comments)
            .Execute();
    }

    public void MoveSource(PointIdentity identity, long content, StoredSource source) => _moveSource
        .Bind(identity.TargetId).Bind(identity.Identity).Bind(content)
        .Bind(source.Source).Bind(source.Offset).Bind(source.MessageId).Bind(source.Sender).Bind(source.TimeMicroseconds)
        .Execute();

    public void Summarise(TargetGrowth growth) =>
        _summarise.Bind(growth.TargetId).Bind(growth.NewPoints).Bind(growth.First).Bind(growth.Last).Bind(growth.Witnesses).Execute();

    public void Recount(long target) => _recount.Bind(target).Execute();

    public void MoveCursor(CursorLedger.Entry cursor) => _moveCursor
        .Bind(cursor.Id).Bind(cursor.NextOffset).Bind(cursor.Consumed).Bind(cursor.Handled).Bind(cursor.Ignored).Bind(cursor.Parked).Bind(cursor.Lost).Bind(cursor.LastMicroseconds)
        .Execute();

    public void InsertParked(long cursor, NewParked message) => _insertParked
        .Bind(cursor).Bind(message.Offset).Bind(message.TimeMicroseconds).Bind(message.Key).Bind(message.Headers).Bind(message.Value).Bind(message.Reason)
        .Bind(message.FaultsJson).Bind(message.Attempts).Bind(message.ParkedMicroseconds).Bind(message.NextTryMicroseconds).Bind(ParkedState.Of(message))
        .Execute();

    public void InsertLost(long cursor, NewLostRange range) => _insertLost.Bind(cursor).Bind(range.First).Bind(range.Last).Bind(range.NotedMicroseconds).Execute();

    /// <summary>Keeps messages in the log; what was kept at these offsets before goes.</summary>
    public void Keep(KeptBatch batch)
    {
        _readKept.Bind(batch.CursorId).Bind(batch.First).Bind(batch.Last).Read();
        var (count, bytes) = (_readKept.Long(0), _readKept.Long(1));
        _readKept.Reset();
        if (count > 0)
        {
            _deleteKept.Bind(batch.CursorId).Bind(batch.First).Bind(batch.Last).Execute();
        }

        foreach (var message in batch.Messages)
        {
            _insertKept
                .Bind(batch.CursorId).Bind(message.Offset).Bind(message.TimeMicroseconds).Bind(message.KeptMicroseconds).Bind(message.Bytes)
                .Bind(message.Value.Packing).Bind(message.Value.Size).Bind(message.MessageId).Bind(message.Key).Bind(message.Headers).Bind(message.Value.Bytes)
                .Execute();
        }

        _useKept.Bind(batch.CursorId).Bind(batch.Messages.Count - count).Bind(batch.Bytes - bytes).Execute();
    }

    public void Dispose() => _all.ForEach(statement => statement.Dispose());
}
