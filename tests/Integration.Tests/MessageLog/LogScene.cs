using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using TomOrleans.Integration.Tests.Faults;
using TomOrleans.Integration.Tests.Support;

namespace TomOrleans.Integration.Tests.MessageLog;

/// <summary>What the tests of the message log do with a <see cref="FaultScene"/>.</summary>
internal static class LogScene
{
    public static readonly object Archive = new { HANDLER = "archive", ARCHIVE = "30d" };

    /// <summary>Runs a silo, does something, and stops it.</summary>
    public static async Task RunAsync(this FaultScene scene, Func<TomClient, Task> work)
    {
        await using var silo = await scene.StartSiloAsync();
        await using (var client = await TomClient.ConnectAsync(silo))
        {
            await work(client);
        }

        Assert.Equal(0, await silo.TerminateAsync(TimeSpan.FromSeconds(30)));
    }

    /// <summary>Other handlers from the next start on; those that are new begin at the end.</summary>
    public static async Task ConfigureAsync(this FaultScene scene, params object[] handlers)
    {
        var configuration = JsonNode.Parse(await File.ReadAllTextAsync(scene.ConfigFile))!;
        var options = configuration["ALERT_STREAMS"]![0]!["OPTIONS"]!;
        options["START_POSITION"] = "latest";
        options["TOPIC_HANDLERS"]![FaultScene.Topic] = JsonSerializer.SerializeToNode(handlers);
        await File.WriteAllTextAsync(scene.ConfigFile, configuration.ToJsonString());
    }

    /// <summary>Partition and offset of every kept message, in order.</summary>
    public static async Task<List<(int Partition, long Offset)>> KeptAsync(this FaultScene scene) => await RowsAsync(
        scene.DataFolder,
        "select c.partition, m.message_offset from message m join handler_cursor c on c.id = m.cursor_id order by 1, 2",
        row => (row.GetInt32(0), row.GetInt64(1)));

    /// <summary>Every produced message is kept once, and nothing else.</summary>
    public static async Task AllKeptOnceAsync(this FaultScene scene) =>
        Assert.Equal(scene.Ledger.All.Select(message => (message.Partition, message.Offset)).Order(), await scene.KeptAsync());

    /// <summary>All rows of all tables of ours but replays, as text.</summary>
    public static async Task<string> TablesAsync(this FaultScene scene)
    {
        var tables = await RowsAsync(
            scene.DataFolder, "select name from sqlite_master where type = 'table' and name not like 'sqlite%' and name not in ('replay', 'notice') order by name", row => row.GetString(0));
        var text = new System.Text.StringBuilder();
        foreach (var table in tables)
        {
            var rows = await RowsAsync(scene.DataFolder, $"select * from {table}", row => string.Join('|', Enumerable.Range(0, row.FieldCount).Select(column => TextOf(row, column))));
            text.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"{table} {rows.Count}");
            rows.Sort(StringComparer.Ordinal);
            text.AppendLine(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', rows)))));
        }

        return text.ToString();
    }

    private static string TextOf(SqliteDataReader row, int column) => row.GetValue(column) switch
    {
        byte[] bytes => Convert.ToHexString(bytes),
        var value => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "",
    };

    private static async Task<List<T>> RowsAsync<T>(string folder, string text, Func<SqliteDataReader, T> read)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "tom.db")};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Table names of our own schema.
        command.CommandText = text;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
