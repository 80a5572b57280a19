using System.Text.Json;
using Microsoft.Data.Sqlite;
using TomOrleans.Alerts;
using TomOrleans.Integration.Tests.Support;
using TomOrleans.Operations;
using TomOrleans.Streams.Kafka;

namespace TomOrleans.Integration.Tests.MainJob;

/// <summary>A broker in this process, a configuration that reads it, and a data folder that outlives the silos started on it.</summary>
public sealed class Scene : IDisposable
{
    public const string Stream = "survey";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tom-scene-");
    private readonly SiloPorts _ports = SiloPorts.Free();

    private Scene(EmbeddedKafka kafka) => Kafka = kafka;

    public EmbeddedKafka Kafka { get; }

    public string DataFolder => Path.Combine(_folder.FullName, "data");

    public string ConfigFile => Path.Combine(_folder.FullName, "tom.json");

    /// <param name="topic">The one that is read.</param>
    /// <param name="partitions">Of the topic.</param>
    /// <param name="handlers">Of the topic, as in TOPIC_HANDLERS; null for <c>hermes</c> and <c>log</c>.</param>
    /// <param name="plugins">As in PLUGINS.</param>
    /// <param name="database">Connection string of PostgreSQL; null for SQLite.</param>
    public static async Task<Scene> CreateAsync(string topic, int partitions, object? handlers = null, string[]? plugins = null, string? database = null)
    {
        var scene = new Scene(EmbeddedKafka.Start());
        scene.Kafka.CreateTopic(topic, partitions);
        var configuration = new
        {
            TOM_NAME = "Test TOM",
            PLUGINS = plugins ?? [],
            CLUSTER = database is null ? (object)new { KIND = "local" } : new { KIND = "postgresql", CONNECTION = database },
            ALERT_STREAMS = new[]
            {
                new
                {
                    NAME = "kafka",
                    ID = Stream,
                    OPTIONS = new
                    {
                        BOOTSTRAP_SERVERS = scene.Kafka.BootstrapServers,
                        GROUP_ID = "test",
                        START_POSITION = "earliest",

                        // The embedded broker waits for the session of a dead member before it gives its partitions away.
                        CONFIG = new Dictionary<string, string> { ["session.timeout.ms"] = "2000" },
                        TOPIC_HANDLERS = new Dictionary<string, object> { [topic] = handlers ?? new object[] { new { HANDLER = "hermes", CREATE_TARGETS = "always" }, "log" } },
                    },
                },
            },
        };
        await File.WriteAllTextAsync(scene.ConfigFile, JsonSerializer.Serialize(configuration));
        return scene;
    }

    public Task<SiloProcess> StartSiloAsync(string? program = null) => SiloProcess.StartAsync(DataFolder, _ports, ConfigFile, program: program);

    public TomConsole Console => new(_ports);

    /// <summary>
    /// Produces messages of one point each, spread over targets and partitions, each point with a time of its own. Returns the points as <see cref="StoredPointsAsync"/> finds them.
    /// </summary>
    public async Task<IReadOnlyList<string>> ProduceSeriesAsync(string topic, int first, int count, int targets)
    {
        using var producer = new StreamProducer(new Dictionary<string, string> { ["bootstrap.servers"] = Kafka.BootstrapServers });
        var points = new List<string>(count);
        var sends = new List<Task>(count);
        for (var i = first; i < first + count; i++)
        {
            var (point, record) = PointSeries.Message(i, targets);
            points.Add(point);
            sends.Add(producer.PublishAsync(topic, record));
        }

        await Task.WhenAll(sends);
        return points;
    }

    public static Books? BooksOf(TomStatus status, string topic, string handler) => status.Streams
        .SelectMany(stream => stream.Topics).FirstOrDefault(found => found.Name.Topic == topic)?
        .Handlers.FirstOrDefault(found => found.Handler == handler)?.Books;

    /// <summary>Every row of the photometry table, revisions too, as the series names them; read beside the running silo.</summary>
    public static async Task<IReadOnlyList<string>> StoredPointsAsync(string dataFolder)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(dataFolder, "tom.db")};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = PointSeries.Query;
        await using var reader = await command.ExecuteReaderAsync();
        var points = new List<string>();
        while (await reader.ReadAsync())
        {
            points.Add(PointSeries.TextOf(reader.GetString(0), reader.GetInt64(1), reader.IsDBNull(2) ? double.NaN : reader.GetDouble(2)));
        }

        points.Sort(StringComparer.Ordinal);
        return points;
    }

    /// <summary>Stored values, revisions included, and the measurements they are values of.</summary>
    public static async Task<(long Values, long Measurements)> CountPhotometryAsync(string dataFolder)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(dataFolder, "tom.db")};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "select count(*), (select count(*) from (select distinct target_id, identity from photometry)) from photometry";
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    public void Dispose()
    {
        Kafka.Dispose();
        _folder.Delete(recursive: true);
    }
}
