using System.Data.Common;
using TomOrleans.Storage.Dialects;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Storage.Notices;

/// <summary>Notices, one a thing. Few rows, written by one grain. All writes are durable when they return.</summary>
public sealed class NoticeTable(TomDatabase database, GroupCommitWriter writer)
{
    private const string Columns =
        "id, kind, subject, level, text, count, mark, since_us, last_us, ended_us, seen_us, seen_by, seen_mark, told_us, told_mark, told_open";

    private const string Insert = $"""
        INSERT INTO notice (kind, subject, level, text, count, mark, since_us, last_us, ended_us, seen_us, seen_by, seen_mark, told_us, told_mark, told_open)
        VALUES (@kind, @subject, @level, @text, @count, @mark, @since, @last, @ended, @seen, @seenBy, @seenMark, @told, @toldMark, @toldOpen)
        ON CONFLICT (kind, subject) DO UPDATE SET {Values}
        RETURNING {Columns}
        """;

    private const string Update = $"UPDATE notice SET {Values} WHERE kind = @kind AND subject = @subject RETURNING {Columns}";

    private const string Values = """
        level = @level, text = @text, count = @count, mark = @mark, since_us = @since, last_us = @last, ended_us = @ended, seen_us = @seen, seen_by = @seenBy, seen_mark = @seenMark,
        told_us = @told, told_mark = @toldMark, told_open = @toldOpen
        """;

    public Task<IReadOnlyList<NoticeRow>> ReadAllAsync(CancellationToken cancellation = default) => database.ReadAsync(
        async reader => (IReadOnlyList<NoticeRow>)await reader.Sql($"SELECT {Columns} FROM notice ORDER BY id").ListAsync(Read, cancellation), cancellation);

    /// <summary>Stores the rows as they are given, all or none; answers them with their ids.</summary>
    public Task<IReadOnlyList<NoticeRow>> SaveAsync(IReadOnlyList<NoticeRow> rows) => writer.RunAsync(async context =>
    {
        var saved = new List<NoticeRow>(rows.Count);
        foreach (var row in rows)
        {
            saved.Add((await Bind(context.Sql(row.Id > 0 ? Update : Insert), row).FirstAsync(Read))!);
        }

        return (IReadOnlyList<NoticeRow>)saved;
    });

    private static Sql Bind(Sql sql, NoticeRow row) => sql
        .With("kind", row.Kind).With("subject", row.Subject).With("level", row.Level).With("text", row.Text).With("count", row.Count).With("mark", row.Mark)
        .With("since", row.SinceMicroseconds).With("last", row.LastMicroseconds).With("ended", row.EndedMicroseconds)
        .With("seen", row.SeenMicroseconds).With("seenBy", row.SeenBy).With("seenMark", row.SeenMark)
        .With("told", row.ToldMicroseconds).With("toldMark", row.ToldMark).With("toldOpen", row.WasToldOpen);

    private static NoticeRow Read(DbDataReader r) => new()
    {
        Id = r.GetInt64(0),
        Kind = r.GetString(1),
        Subject = r.GetString(2),
        Level = r.GetInt32(3),
        Text = r.GetString(4),
        Count = r.GetInt64(5),
        Mark = r.GetInt64(6),
        SinceMicroseconds = r.GetInt64(7),
        LastMicroseconds = r.GetInt64(8),
        EndedMicroseconds = r.Long(9),
        SeenMicroseconds = r.Long(10),
        SeenBy = r.Text(11),
        SeenMark = r.GetInt64(12),
        ToldMicroseconds = r.Long(13),
        ToldMark = r.GetInt64(14),
        WasToldOpen = r.GetBoolean(15),
    };
}
