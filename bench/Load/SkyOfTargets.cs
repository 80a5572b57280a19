using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;
using TomOrleans.Bench.Toms;
using TomOrleans.Storage;

namespace TomOrleans.Bench.Load;

/// <summary>Targets spread evenly over the sky (a Fibonacci lattice), each with a name and an alias, put into the tables in few statements.</summary>
internal static class SkyOfTargets
{
    private const double GoldenAngle = 137.50776405003785;

    public static string NameOf(long target) => string.Create(CultureInfo.InvariantCulture, $"at2026{Scrambled(target):x8}");

    public static string AliasOf(long target) => string.Create(CultureInfo.InvariantCulture, $"ztf26{Scrambled(target + 7):x8}");

    public static (double RightAscension, double Declination) PlaceOf(long target, long all)
    {
        var z = (((2.0 * target) - 1) / all) - 1;
        return (target * GoldenAngle % 360, Math.Clamp(double.RadiansToDegrees(Math.Asin(z)), -90, 90));
    }

    public static Task FillAsync(Store store, int targets) => store.Database.Kind == SqlDialect.Sqlite ? FillSqliteAsync(store, targets) : FillPostgreSqlAsync(store, targets);

    /// <summary>An odd factor: a permutation of the 32-bit numbers.</summary>
    private static uint Scrambled(long target) => unchecked((uint)target * 2_654_435_761u);

    private static int ZoneOf(double declination) => (int)Math.Floor((declination + 90) / 0.5);

    private static async Task FillSqliteAsync(Store store, int targets)
    {
        await using var connection = (SqliteConnection)await store.Database.DataSource.OpenConnectionAsync();
        connection.CreateFunction("name_of", (long i) => NameOf(i), isDeterministic: true);
        connection.CreateFunction("alias_of", (long i) => AliasOf(i), isDeterministic: true);
        connection.CreateFunction("ra_of", (long i) => PlaceOf(i, targets).RightAscension, isDeterministic: true);
        connection.CreateFunction("dec_of", (long i) => PlaceOf(i, targets).Declination, isDeterministic: true);
        connection.CreateFunction("zone_of", (double dec) => ZoneOf(dec), isDeterministic: true);
        await using var command = connection.CreateCommand();
        command.CommandTimeout = 0;
        command.CommandText = """
            BEGIN;
            WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < $n)
            INSERT INTO target (id, name, ra, dec, created_us, created_by) SELECT i, name_of(i), ra_of(i), dec_of(i), 0, 'bench' FROM c;
            INSERT INTO target_name (normalised, name, target_id, ordinal) SELECT name_of(id), name_of(id), id, 0 FROM target UNION ALL SELECT alias_of(id), alias_of(id), id, 1 FROM target ORDER BY 1;
            INSERT INTO target_position (zone, ra, target_id, dec) SELECT zone_of(dec), ra, id, dec FROM target ORDER BY 1, 2;
            COMMIT;
            """;
        command.Parameters.AddWithValue("$n", targets);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task FillPostgreSqlAsync(Store store, int targets)
    {
        await using var connection = (NpgsqlConnection)await store.Database.DataSource.OpenConnectionAsync();
        await CopyAsync(connection, "COPY target (id, name, ra, dec, created_us, created_by) FROM STDIN (FORMAT BINARY)", targets, (writer, i) =>
        {
            var (ra, dec) = PlaceOf(i, targets);
            writer.Write(i);
            writer.Write(NameOf(i));
            writer.Write(ra);
            writer.Write(dec);
            writer.Write(0L);
            writer.Write("bench");
        });
        for (var ordinal = 0; ordinal < 2; ordinal++)
        {
            var number = ordinal;
            await CopyAsync(connection, "COPY target_name (normalised, name, target_id, ordinal) FROM STDIN (FORMAT BINARY)", targets, (writer, i) =>
            {
                var name = number == 0 ? NameOf(i) : AliasOf(i);
                writer.Write(name);
                writer.Write(name);
                writer.Write(i);
                writer.Write(number);
            });
        }

        await CopyAsync(connection, "COPY target_position (zone, ra, target_id, dec) FROM STDIN (FORMAT BINARY)", targets, (writer, i) =>
        {
            var (ra, dec) = PlaceOf(i, targets);
            writer.Write(ZoneOf(dec));
            writer.Write(ra);
            writer.Write(i);
            writer.Write(dec);
        });
        await using var analyze = new NpgsqlCommand("ANALYZE target, target_name, target_position", connection) { CommandTimeout = 0 };
        await analyze.ExecuteNonQueryAsync();
    }

    private static async Task CopyAsync(NpgsqlConnection connection, string statement, int rows, Action<NpgsqlBinaryImporter, long> write)
    {
        await using var writer = await connection.BeginBinaryImportAsync(statement);
        for (var i = 1L; i <= rows; i++)
        {
            await writer.StartRowAsync();
            write(writer, i);
        }

        await writer.CompleteAsync();
    }
}
