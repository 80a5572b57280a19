using System.Data.Common;
using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace TomOrleans.Storage.Copying;

/// <summary>A table of PostgreSQL that is to be filled.</summary>
internal sealed record CopyTable(string Name, IReadOnlyList<CopyColumn> Columns)
{
    public string Quoted => $"\"{Name}\"";
}

/// <summary>One of its columns, and how a value of SQLite becomes one of its type.</summary>
internal sealed record CopyColumn(string Name, string Type, bool IsIdentity)
{
    public string Quoted => $"\"{Name}\"";

    public Task WriteAsync(NpgsqlBinaryImporter importer, DbDataReader row, int ordinal, CancellationToken cancellation)
    {
        if (row.IsDBNull(ordinal))
        {
            return importer.WriteNullAsync(cancellation);
        }

        return Type switch
        {
            "bigint" => importer.WriteAsync(row.GetInt64(ordinal), NpgsqlDbType.Bigint, cancellation),
            "integer" => importer.WriteAsync(checked((int)row.GetInt64(ordinal)), NpgsqlDbType.Integer, cancellation),
            "smallint" => importer.WriteAsync(checked((short)row.GetInt64(ordinal)), NpgsqlDbType.Smallint, cancellation),
            "double precision" => importer.WriteAsync(row.GetDouble(ordinal), NpgsqlDbType.Double, cancellation),
            "real" => importer.WriteAsync((float)row.GetDouble(ordinal), NpgsqlDbType.Real, cancellation),
            "boolean" => importer.WriteAsync(row.GetInt64(ordinal) != 0, NpgsqlDbType.Boolean, cancellation),
            "text" or "character varying" => importer.WriteAsync(row.GetString(ordinal), NpgsqlDbType.Text, cancellation),
            "bytea" => importer.WriteAsync((byte[])row.GetValue(ordinal), NpgsqlDbType.Bytea, cancellation),
            "uuid" => importer.WriteAsync(GuidOf(row.GetValue(ordinal)), NpgsqlDbType.Uuid, cancellation),
            "timestamp without time zone" => importer.WriteAsync(DateTime.SpecifyKind(TimeOf(row.GetString(ordinal)), DateTimeKind.Unspecified), NpgsqlDbType.Timestamp, cancellation),
            "timestamp with time zone" => importer.WriteAsync(TimeOf(row.GetString(ordinal)), NpgsqlDbType.TimestampTz, cancellation),
            _ => throw new StorageException($"The column {Name} has the type {Type}, which no copy knows yet: nothing was copied."),
        };
    }

    private static Guid GuidOf(object value) => value is byte[] bytes ? new Guid(bytes, bigEndian: true) : Guid.Parse((string)value);

    private static DateTime TimeOf(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
