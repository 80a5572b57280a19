using System.Data.Common;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using TomOrleans.Storage.Targets;

namespace TomOrleans.Storage.Dialects;

/// <summary>Arrays travel as JSON, GUIDs as 16 big-endian bytes.</summary>
internal sealed class SqliteDialect : Dialect
{
    public override SqlDialect Kind => SqlDialect.Sqlite;

    // Nothing to lock: a writing transaction has the file for itself.
    public override string ForUpdate(string table) => "";

    public override string By(string index) => $"INDEXED BY {index}";

    public override string In(string column, string parameter) => $"{column} IN (SELECT value FROM json_each({parameter}))";

    public override string Contains(string column, string parameter) => $"instr({column}, {parameter}) > 0";

    public override string LatestPoints(string columns) => $"""
        SELECT {columns}
        FROM json_each(@ids) t
        JOIN photometry p ON p.target_id = t.value AND (p.identity, p.content) = (
            SELECT s.identity, s.content FROM photometry s
            WHERE s.target_id = t.value AND {PhotometryText.Shown}
            ORDER BY s.time_us DESC, s.identity DESC LIMIT 1)
        """;

    public override string InsertTerms => "INSERT INTO term (kind, text) SELECT @kind, value FROM json_each(@texts) WHERE true ON CONFLICT DO NOTHING";

    public override async Task<IReadOnlyList<TargetPlace>> FindInWindowsAsync(
        DbConnection connection, IReadOnlyList<ZoneWindow> windows, CancellationToken cancellation)
    {
        // In the same process a statement a window costs microseconds.
        var places = new List<TargetPlace>();
        foreach (var window in windows)
        {
            var sql = new Sql(this, connection, null, "SELECT target_id, ra, dec FROM target_position WHERE zone = @zone AND ra BETWEEN @from AND @to");
            places.AddRange(await sql.With("zone", window.Zone).With("from", window.FromRightAscension).With("to", window.ToRightAscension)
                .ListAsync(static r => new TargetPlace(r.GetInt64(0), r.GetDouble(1), r.GetDouble(2)), cancellation));
        }

        return places;
    }

    public override void AddLongs(DbCommand command, string name, long[] values) => Add(command, name, JsonSerializer.Serialize(values));

    public override void AddTexts(DbCommand command, string name, string[] values) => Add(command, name, JsonSerializer.Serialize(values));

    public override void AddGuid(DbCommand command, string name, Guid? value) => Add(command, name, Blob(value));

    public override Guid ReadGuid(DbDataReader reader, int ordinal) => new(reader.GetFieldValue<byte[]>(ordinal), bigEndian: true);

    public static object Blob(Guid? value) => value is { } guid ? guid.ToByteArray(bigEndian: true) : DBNull.Value;

    private static void Add(DbCommand command, string name, object value) => command.Parameters.Add(new SqliteParameter(name, value));
}
