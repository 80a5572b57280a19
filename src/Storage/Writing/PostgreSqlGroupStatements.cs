using Npgsql;
using NpgsqlTypes;
using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Dialects;
using TomOrleans.Storage.Messages;
using TomOrleans.Storage.Parked;
using TomOrleans.Storage.Photometry;
using TomOrleans.Storage.Sharing;

namespace TomOrleans.Storage.Writing;

/// <summary>
/// The writer's statements on PostgreSQL, gathered into one batch. Sets travel as arrays, a column each, in the order in which the rows are to be locked.
/// </summary>
internal sealed class PostgreSqlGroupStatements(NpgsqlConnection connection, NpgsqlTransaction transaction) : IAsyncDisposable
{
    private readonly NpgsqlBatch _batch = new(connection, transaction);
    private readonly List<Func<NpgsqlDataReader, GroupFacts, Task>> _readers = [];

    /// <summary>
    /// A lock waited for too long fails the group instead of the silo. Plans are kept by the connection, and one made while the tables are small must not scan them
    /// when they have grown.
    /// </summary>
    public void Prepare() => Add(
        "SELECT set_config('lock_timeout', '5s', true), set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)",
        static (_, _) => { });

    public void LockTargets(IReadOnlyList<long> ids)
    {
        if (ids.Count > 0)
        {
            Add(
                "SELECT id, witnesses FROM target WHERE id = ANY($1) AND gone_us IS NULL ORDER BY id FOR NO KEY UPDATE",
                static (reader, facts) =>
                {
                    facts.Targets.Add(reader.GetInt64(0));
                    if (reader.GetInt64(1) > 0)
                        facts.Photometry.AddWitnessed(reader.GetInt64(0));
                },
                Longs(ids));
        }
    }

    /// <summary>A statement of its own after the lock: it sees what whoever held the lock before has committed.</summary>
    public void ReadOrders(IReadOnlyList<long> targets)
    {
        if (targets.Count > 0)
        {
            Add(
                """
                SELECT target_id, id FROM continuous_share WHERE target_id = ANY($1)
                UNION ALL
                SELECT i.target_id, c.id FROM target_in_list i JOIN continuous_share c ON c.target_id = 0 AND c.list_id = i.list_id WHERE i.target_id = ANY($1)
                """,
                static (reader, facts) => facts.Continuous.Add(reader.GetInt64(0), reader.GetInt64(1)),
                Longs(targets));
        }
    }

    public void InsertItems(IReadOnlyList<(long Order, PointKey Point, string? Trace)> items, long since)
    {
        if (items.Count > 0)
        {
            Add(
                "INSERT INTO continuous_item (continuous_id, target_id, identity, content, trace) SELECT * FROM unnest($1, $2, $3, $4, $5)",
                null,
                Longs(items.Select(item => item.Order)), Longs(items.Select(item => item.Point.TargetId)), Longs(items.Select(item => item.Point.Identity)),
                Longs(items.Select(item => item.Point.Content)), Texts(items.Select(item => item.Trace)));
            var waiting = items.Select(item => (item.Order, item.Point.TargetId)).Distinct().ToArray();
            Add(
                "INSERT INTO continuous_waiting (continuous_id, target_id, since_us) SELECT k.continuous_id, k.target_id, $3 FROM unnest($1, $2) AS k (continuous_id, target_id) ON CONFLICT DO NOTHING",
                null,
                Longs(waiting.Select(one => one.Order)), Longs(waiting.Select(one => one.TargetId)), new() { NpgsqlDbType = NpgsqlDbType.Bigint, Value = since });
        }
    }

    public void ReadContents(IReadOnlyList<PointIdentity> identities)
    {
        if (identities.Count > 0)
        {
            Add(
                """
                SELECT p.target_id, p.identity, p.content, p.retracted, p.source, p.source_offset, p.message_id, p.sender, p.source_us
                FROM unnest($1, $2) AS k (target_id, identity)
                JOIN photometry p ON p.target_id = k.target_id AND p.identity = k.identity
                """,
                ReadContent,
                Longs(identities.Select(i => i.TargetId)), Longs(identities.Select(i => i.Identity)));
        }
    }

    /// <summary>Who states the same already. The content is hidden from the planner, which might read all rows of the target by its key for it.</summary>
    public void ReadStatements(IReadOnlyList<PointMoment> moments)
    {
        if (moments.Count > 0)
        {
            Add(
                $"""
                SELECT p.target_id, p.time_us, p.content, p.band, p.telescope, p.identity, p.origin, {PhotometryText.IsRevised}
                FROM unnest($1, $2, $3) AS k (target_id, time_us, content)
                JOIN photometry p ON p.target_id = k.target_id AND p.time_us = k.time_us AND p.content + 0 = k.content
                """,
                static (reader, facts) => facts.Photometry.AddStatement(
                    new(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt32(3), reader.Int(4)), reader.GetInt64(5), reader.GetInt32(6), reader.GetBoolean(7)),
                Longs(moments.Select(m => m.TargetId)), Longs(moments.Select(m => m.TimeMicroseconds)), Longs(moments.Select(m => m.Content)));
        }
    }

    public void LockCursors(IReadOnlyList<CursorKey> keys)
    {
        if (keys.Count > 0)
        {
            Add(
                """
                SELECT c.stream, c.topic, c.partition, c.handler, c.id, c.owner_epoch, c.next_offset
                FROM unnest($1, $2, $3, $4) AS k (stream, topic, partition, handler)
                JOIN handler_cursor c ON c.stream = k.stream AND c.topic = k.topic AND c.partition = k.partition AND c.handler = k.handler
                ORDER BY c.id FOR UPDATE OF c
                """,
                static (reader, facts) => facts.Cursors.AddStored(
                    new(reader.GetString(0), reader.GetString(1), reader.GetInt32(2), reader.GetString(3)), reader.GetInt64(4), reader.GetInt64(5), reader.GetInt64(6)),
                Texts(keys.Select(k => k.Stream)), Texts(keys.Select(k => k.Topic)), Ints(keys.Select(k => (int?)k.Partition)), Texts(keys.Select(k => k.Handler)));
        }
    }

    public void InsertPoints(IReadOnlyList<StoredPoint> points)
    {
        if (points.Count > 0)
        {
            Add(
                $"""
                INSERT INTO photometry ({PhotometryText.Columns})
                SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27)
                """,
                null,
                Longs(points.Select(p => p.TargetId)), Longs(points.Select(p => p.Row.Identity)), Longs(points.Select(p => p.Row.Content)),
                Longs(points.Select(p => p.Row.TimeMicroseconds)), Ints(points.Select(p => (int?)p.Row.TimeForm)), Texts(points.Select(p => p.Row.TimeText)),
                Ints(points.Select(p => (int?)p.Band)), Ints(points.Select(p => p.Telescope)), Ints(points.Select(p => p.Instrument)),
                Doubles(points.Select(p => p.Row.Value)), Doubles(points.Select(p => p.Row.Error)), Ints(points.Select(p => (int?)p.Row.Unit)),
                Doubles(points.Select(p => p.Row.Limit)), Doubles(points.Select(p => p.Row.Aside?.LimitError)), Ints(points.Select(p => (int?)p.Row.LimitUnit)),
                Doubles(points.Select(p => p.Row.ExposureSeconds)), Ints(points.Select(p => (int?)p.Origin)), Texts(points.Select(p => p.Row.MeasurementId)),
                Array(NpgsqlDbType.Boolean, points.Select(p => p.Row.IsRetracted)),
                Ints(points.Select(p => p.Source?.Source)), Longs(points.Select(p => p.Source?.Offset)),
                Array(NpgsqlDbType.Uuid, points.Select(p => p.Source?.MessageId)), Ints(points.Select(p => p.Source?.Sender)),
                Longs(points.Select(p => p.Source?.TimeMicroseconds)),
                Doubles(points.Select(p => p.Row.Aside?.LimitSigma)), Texts(points.Select(p => p.Row.Aside?.Observer)), Texts(points.Select(p => p.Row.Aside?.Comments)));
        }
    }

    public void MoveSources(IReadOnlyList<(PointIdentity Identity, long Content, StoredSource Source)> moves)
    {
        if (moves.Count > 0)
        {
            Add(
                """
                UPDATE photometry p
                SET source = k.source, source_offset = k.source_offset, message_id = k.message_id, sender = k.sender, source_us = k.source_us
                FROM unnest($1, $2, $3, $4, $5, $6, $7, $8) AS k (target_id, identity, content, source, source_offset, message_id, sender, source_us)
                WHERE p.target_id = k.target_id AND p.identity = k.identity AND p.content = k.content
                """,
                null,
                Longs(moves.Select(m => m.Identity.TargetId)), Longs(moves.Select(m => m.Identity.Identity)), Longs(moves.Select(m => m.Content)),
                Ints(moves.Select(m => (int?)m.Source.Source)), Longs(moves.Select(m => m.Source.Offset)),
                Array(NpgsqlDbType.Uuid, moves.Select(m => m.Source.MessageId)), Ints(moves.Select(m => m.Source.Sender)),
                Longs(moves.Select(m => m.Source.TimeMicroseconds)));
        }
    }

    public void Summarise(IReadOnlyList<TargetGrowth> summaries)
    {
        if (summaries.Count > 0)
        {
            Add(
                """
                UPDATE target t
                SET points = points + k.new_points, first_us = least(first_us, k.first_us_of), last_us = greatest(last_us, k.last_us_of),
                    witnesses = t.witnesses + k.witnesses
                FROM unnest($1, $2, $3, $4, $5) AS k (id, new_points, first_us_of, last_us_of, witnesses)
                WHERE t.id = k.id
                """,
                null,
                Longs(summaries.Select(s => s.TargetId)), Longs(summaries.Select(s => s.NewPoints)), Longs(summaries.Select(s => s.First)), Longs(summaries.Select(s => s.Last)),
                Longs(summaries.Select(s => s.Witnesses)));
        }
    }

    public void Recount(IReadOnlyList<long> targets)
    {
        if (targets.Count > 0)
        {
            Add(
                $"UPDATE target t SET points = ({PhotometryText.CountOf.Replace("@id", "t.id", StringComparison.Ordinal)}) WHERE t.id = ANY($1)",
                null,
                Longs(targets));
        }
    }

    public void MoveCursors(IReadOnlyList<CursorLedger.Entry> cursors)
    {
        if (cursors.Count > 0)
        {
            Add(
                """
                UPDATE handler_cursor c
                SET next_offset = k.next_offset, consumed = c.consumed + k.consumed, handled = c.handled + k.handled, ignored = c.ignored + k.ignored,
                    parked = c.parked + k.parked, lost = c.lost + k.lost, last_us = k.last_us
                FROM unnest($1, $2, $3, $4, $5, $6, $7, $8) AS k (id, next_offset, consumed, handled, ignored, parked, lost, last_us)
                WHERE c.id = k.id
                """,
                null,
                Longs(cursors.Select(c => c.Id)), Longs(cursors.Select(c => c.NextOffset)), Longs(cursors.Select(c => c.Consumed)),
                Longs(cursors.Select(c => c.Handled)), Longs(cursors.Select(c => c.Ignored)), Longs(cursors.Select(c => c.Parked)), Longs(cursors.Select(c => c.Lost)),
                Longs(cursors.Select(c => c.LastMicroseconds)));
        }
    }

    public void InsertLost(IReadOnlyList<(long CursorId, NewLostRange Range)> lost)
    {
        if (lost.Count > 0)
        {
            Add(
                "INSERT INTO lost_range (cursor_id, first_offset, last_offset, noted_us) SELECT * FROM unnest($1, $2, $3, $4)",
                null,
                Longs(lost.Select(l => l.CursorId)), Longs(lost.Select(l => l.Range.First)), Longs(lost.Select(l => l.Range.Last)), Longs(lost.Select(l => l.Range.NotedMicroseconds)));
        }
    }

    public void InsertParked(IReadOnlyList<(long CursorId, NewParked Message)> parked)
    {
        if (parked.Count > 0)
        {
            Add(
                """
                INSERT INTO parked (cursor_id, message_offset, time_us, message_key, headers, value, reason, faults, attempts, parked_us, next_try_us, state)
                SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
                """,
                null,
                Longs(parked.Select(p => p.CursorId)), Longs(parked.Select(p => p.Message.Offset)), Longs(parked.Select(p => p.Message.TimeMicroseconds)),
                Array(NpgsqlDbType.Bytea, parked.Select(p => p.Message.Key)), Array(NpgsqlDbType.Bytea, parked.Select(p => p.Message.Headers)),
                Array(NpgsqlDbType.Bytea, parked.Select(p => p.Message.Value)), Texts(parked.Select(p => p.Message.Reason)),
                Texts(parked.Select(p => p.Message.FaultsJson)), Ints(parked.Select(p => (int?)p.Message.Attempts)),
                Longs(parked.Select(p => p.Message.ParkedMicroseconds)), Longs(parked.Select(p => p.Message.NextTryMicroseconds)),
                Ints(parked.Select(p => (int?)ParkedState.Of(p.Message))));
        }
    }

    /// <summary>Keeps messages in the log; what was kept at these offsets before goes.</summary>
    public void Keep(IReadOnlyList<KeptBatch> batches)
    {
        if (batches.Count == 0)
        {
            return;
        }

        Add(
            $"""
            WITH gone AS (
                DELETE FROM message m USING unnest($1, $2, $3) AS k (cursor_id, first_offset, last_offset)
                WHERE m.cursor_id = k.cursor_id AND m.message_offset BETWEEN k.first_offset AND k.last_offset
                RETURNING m.cursor_id, m.bytes)
            INSERT INTO message_use (cursor_id, messages, bytes)
            SELECT k.cursor_id, sum(k.messages)::bigint, sum(k.bytes)::bigint
            FROM (SELECT * FROM unnest($1, $4, $5) AS come (cursor_id, messages, bytes) UNION ALL SELECT cursor_id, -1, -bytes FROM gone) k
            GROUP BY k.cursor_id ORDER BY k.cursor_id
            {MessageText.AddUse}
            """,
            null,
            Longs(batches.Select(b => b.CursorId)), Longs(batches.Select(b => b.First)), Longs(batches.Select(b => b.Last)),
            Longs(batches.Select(b => (long)b.Messages.Count)), Longs(batches.Select(b => b.Bytes)));
        var rows = batches.SelectMany(batch => batch.Messages, (batch, message) => (batch.CursorId, Message: message)).ToArray();
        Add(
            $"INSERT INTO message ({MessageText.Written}) SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            null,
            Longs(rows.Select(r => r.CursorId)), Longs(rows.Select(r => r.Message.Offset)), Longs(rows.Select(r => r.Message.TimeMicroseconds)),
            Longs(rows.Select(r => r.Message.KeptMicroseconds)), Longs(rows.Select(r => r.Message.Bytes)), Ints(rows.Select(r => (int?)r.Message.Value.Packing)),
            Ints(rows.Select(r => (int?)r.Message.Value.Size)), Array(NpgsqlDbType.Uuid, rows.Select(r => r.Message.MessageId)),
            Array(NpgsqlDbType.Bytea, rows.Select(r => r.Message.Key)), Array(NpgsqlDbType.Bytea, rows.Select(r => r.Message.Headers)),
            Array(NpgsqlDbType.Bytea, rows.Select(r => r.Message.Value.Bytes)));
    }

    /// <summary>Executes the batch and hands each statement's rows to the facts.</summary>
    public async Task ReadAsync(GroupFacts facts)
    {
        await using var reader = await _batch.ExecuteReaderAsync();
        foreach (var read in _readers)
        {
            await read(reader, facts);
            await reader.NextResultAsync();
        }
    }

    public async Task ExecuteAsync()
    {
        if (_batch.BatchCommands.Count > 0)
            await _batch.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => _batch.DisposeAsync();

    private static void ReadContent(NpgsqlDataReader reader, GroupFacts facts)
    {
        var source = reader.IsDBNull(4) ? null : new StoredSource(
            reader.GetInt32(4),
            reader.GetInt64(5),
            reader.IsDBNull(6) ? null : reader.GetGuid(6),
            reader.Int(7),
            reader.GetInt64(8));
        facts.Photometry.AddStored(new(reader.GetInt64(0), reader.GetInt64(1)), reader.GetInt64(2), reader.GetBoolean(3), source);
    }

    private void Add(string text, Action<NpgsqlDataReader, GroupFacts>? read, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
#pragma warning disable CA2100 // Every text is a constant of this file.
        var command = new NpgsqlBatchCommand(text);
#pragma warning restore CA2100
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        _batch.BatchCommands.Add(command);
        if (read is null)
            return;
        _readers.Add(async (reader, facts) =>
        {
            while (await reader.ReadAsync())
                read(reader, facts);
        });
    }

    private static NpgsqlParameter Longs(IEnumerable<long> values) => Array(NpgsqlDbType.Bigint, values);

    private static NpgsqlParameter Longs(IEnumerable<long?> values) => Array(NpgsqlDbType.Bigint, values);

    private static NpgsqlParameter Ints(IEnumerable<int?> values) => Array(NpgsqlDbType.Integer, values);

    private static NpgsqlParameter Doubles(IEnumerable<double?> values) => Array(NpgsqlDbType.Double, values);

    private static NpgsqlParameter Texts(IEnumerable<string?> values) => Array(NpgsqlDbType.Text, values);

    private static NpgsqlParameter Array<T>(NpgsqlDbType element, IEnumerable<T> values) => new() { NpgsqlDbType = NpgsqlDbType.Array | element, Value = values.ToArray() };
}
