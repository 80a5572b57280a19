using System.Data.Common;
using Npgsql;
using NpgsqlTypes;
using TomOrleans.Storage.Targets;

namespace TomOrleans.Storage.Dialects;

internal sealed class PostgreSqlDialect : Dialect
{
    public override SqlDialect Kind => SqlDialect.PostgreSql;

    public override string ForUpdate(string table) => $"FOR UPDATE OF {table}";

    // It knows how its rows are spread.
    public override string By(string index) => "";

    public override string In(string column, string parameter) => $"{column} = ANY({parameter})";

    public override string Contains(string column, string parameter) => $"strpos({column}, {parameter}) > 0";

    public override string LatestPoints(string columns) => $"""
        SELECT {columns}
        FROM unnest(@ids) t(id)
        CROSS JOIN LATERAL (
            SELECT * FROM photometry s
            WHERE s.target_id = t.id AND {PhotometryText.Shown}
            ORDER BY s.time_us DESC, s.identity DESC LIMIT 1) p
        """;

    public override string InsertTerms => "INSERT INTO term (kind, text) SELECT @kind, t FROM unnest(@texts) t ON CONFLICT DO NOTHING";

    public override async Task<IReadOnlyList<TargetPlace>> FindInWindowsAsync(
        DbConnection connection, IReadOnlyList<ZoneWindow> windows, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT p.target_id, p.ra, p.dec
            FROM unnest(@zones, @froms, @tos) w (zone, from_ra, to_ra)
            JOIN target_position p ON p.zone = w.zone AND p.ra BETWEEN w.from_ra AND w.to_ra
            """;
        Add(command, "zones", NpgsqlDbType.Array | NpgsqlDbType.Integer, windows.Select(w => w.Zone).ToArray());
        Add(command, "froms", NpgsqlDbType.Array | NpgsqlDbType.Double, windows.Select(w => w.FromRightAscension).ToArray());
        Add(command, "tos", NpgsqlDbType.Array | NpgsqlDbType.Double, windows.Select(w => w.ToRightAscension).ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var places = new List<TargetPlace>();
        while (await reader.ReadAsync(cancellation))
            places.Add(new(reader.GetInt64(0), reader.GetDouble(1), reader.GetDouble(2)));
        return places;
    }

    public override void AddLongs(DbCommand command, string name, long[] values) => Add(command, name, NpgsqlDbType.Array | NpgsqlDbType.Bigint, values);

    public override void AddTexts(DbCommand command, string name, string[] values) => Add(command, name, NpgsqlDbType.Array | NpgsqlDbType.Text, values);

    public override void AddGuid(DbCommand command, string name, Guid? value) => Add(command, name, NpgsqlDbType.Uuid, value is { } guid ? guid : DBNull.Value);

    public override Guid ReadGuid(DbDataReader reader, int ordinal) => reader.GetGuid(ordinal);

    private static void Add(DbCommand command, string name, NpgsqlDbType type, object value) =>
        command.Parameters.Add(new NpgsqlParameter(name, type) { Value = value });
}
