using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using TomOrleans.Integration.Tests.Support;
using TomOrleans.Sandbox.Hermes;
using TomOrleans.Sandbox.Publishing;

namespace TomOrleans.Integration.Tests.Faults;

/// <summary>
/// The stand-in Hermes with a mind to fail: some requests are answered 503, some accepted and the connection dropped, with the message published up to a while later or never, some answered
/// 200 without a uuid. Its archive lags. It counts what was really published.
/// </summary>
public sealed class FaultyHermes : IMessagePublisher, IAsyncDisposable
{
    private readonly KafkaMessagePublisher _kafka;
    private readonly Random _random = new(20260701);
    private readonly TimeSpan _latest;
    private readonly TimeSpan _archiveLag;
    private readonly string _archive;
    private readonly string _token = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray());
    private readonly ConcurrentDictionary<Guid, int> _published = new();
    private readonly ConcurrentBag<string> _targets = [];
    private readonly ConcurrentBag<string> _points = [];
    private StandInHermes? _hermes;
    private int _port;
    private int _faults;

    /// <param name="bootstrapServers">Where it publishes.</param>
    /// <param name="folder">For its archive.</param>
    /// <param name="latest">A message whose connection was dropped appears no later than this.</param>
    /// <param name="archiveLag">How much later than the topic the archive shows a message.</param>
    public FaultyHermes(string bootstrapServers, string folder, TimeSpan latest, TimeSpan archiveLag)
    {
        _kafka = new(bootstrapServers);
        (_latest, _archiveLag, _archive) = (latest, archiveLag, Path.Combine(folder, "archive.jsonl"));
    }

    /// <summary>Below which of 1,000 random numbers a request fails so: 503, dropped, without uuid.</summary>
    public (int Unavailable, int Dropped, int WithoutUuid) PerThousand { get; set; }

    public Uri Url => _hermes!.Url;

    public string Token => _token;

    public int Faults => _faults;

    public StandInFaults Ahead => _hermes!.Faults;

    /// <summary>Submission keys, and how often each was published.</summary>
    public IReadOnlyDictionary<Guid, int> Published => _published;

    /// <summary>Targets of all published rows, once for each time.</summary>
    public IReadOnlyCollection<string> Targets => _targets;

    /// <summary>All published rows as <see cref="PointSeries"/> writes points, once for each time.</summary>
    public IReadOnlyCollection<string> Points => _points;

    /// <summary>Listens, at the port it had before.</summary>
    public async Task UpAsync()
    {
        _hermes = await StandInHermes.StartAsync(new()
        {
            Publisher = this,
            Port = _port,
            ArchivePath = _archive,
            ArchiveLag = _archiveLag,
            Accounts = [new() { Token = _token, CredentialName = "fault-tester" }],
        });
        _port = _hermes.Url.Port;
        _hermes.Faults.Otherwise = Draw;
    }

    /// <summary>The port is closed; what is to be published late still is.</summary>
    public async Task DownAsync() => await _hermes!.DisposeAsync();

    public async Task<PublishedAt> PublishAsync(HopMessage message, CancellationToken cancellationToken = default)
    {
        using var json = JsonDocument.Parse(Encoding.UTF8.GetString(message.Value.Span));
        var data = json.RootElement.GetProperty("data");
        var at = await _kafka.PublishAsync(message, CancellationToken.None);
        _published.AddOrUpdate(data.GetProperty("extra_data").GetProperty("tom_orleans").GetProperty("submission").GetGuid(), 1, (_, count) => count + 1);
        foreach (var row in data.GetProperty("photometry").EnumerateArray())
        {
            var target = row.GetProperty("target_name").GetString()!;
            _targets.Add(target);
            _points.Add(PointSeries.TextOf(target, row.GetProperty("date_obs").GetDateTimeOffset().ToUnixTimeSeconds(), row.GetProperty("brightness").GetDouble()));
        }

        return at;
    }

    public async ValueTask DisposeAsync()
    {
        await DownAsync();
        _kafka.Dispose();
    }

    private Fault? Draw(string path)
    {
        if (path != "submit_message/")
        {
            return null;
        }

        lock (_random)
        {
            var drawn = _random.Next(1000);
            var (unavailable, dropped, withoutUuid) = PerThousand;
            var fault = drawn < unavailable ? Fault.Unavailable()
                : drawn < unavailable + dropped ? Fault.DropConnection(published: _random.Next(2) == 0, _latest * _random.NextDouble())
                : drawn < unavailable + dropped + withoutUuid ? Fault.WithoutUuid(published: _random.Next(2) == 0)
                : null;
            _faults += fault is null ? 0 : 1;
            return fault;
        }
    }
}
