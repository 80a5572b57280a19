using System.Collections.Concurrent;
using System.Collections.Immutable;
using TomOrleans.Alerts;
using TomOrleans.Notices;
using TomOrleans.Operations;
using TomOrleans.Sharing;
using TomOrleans.SkyEvents;
using TomOrleans.Targets;

namespace TomOrleans.Integration.Tests.Page;

/// <summary>What the pages' test grains know. Changed by the tests, at any time.</summary>
public sealed class PageWorld
{
    private readonly ConcurrentDictionary<long, ImmutableArray<PhotometryPoint>> _points = new();
    private readonly ConcurrentDictionary<long, Target> _targets = new();

    public ImmutableArray<StreamStatus> Streams { get; set; } = [];

    public ImmutableArray<DestinationStatus> Destinations { get; set; } = [];

    /// <summary>Of every target.</summary>
    public ImmutableArray<Spectrum> Spectra { get; set; } = [];

    public ImmutableArray<ParkedMessage> Parked { get; set; } = [];

    public ImmutableArray<MessageDetail> Messages { get; set; } = [];

    public ImmutableArray<SkyEventDetail> SkyEvents { get; set; } = [];

    /// <summary>Orders for parked messages, in their order: <c>retry all by somebody</c>, <c>drop 3 by somebody</c>.</summary>
    public ImmutableArray<string> Orders { get; private set; } = [];

    public ImmutableArray<Share> Shares { get; set; } = [];

    public ImmutableArray<Notice> Notices { get; set; } = [];

    /// <summary>What every grain call fails with; null for none.</summary>
    public Exception? Fault { get; set; }

    public IEnumerable<Target> Targets => _targets.Values;

    public TomStatus Status => new()
    {
        TomName = "Las Campanas TOM",
        IsSandbox = true,
        Silos = [new("silo-1", "127.0.0.1:11111", "active", "0.1.0")],
        Streams = Streams,
        Targets = _targets.Count,
        Points = _points.Values.Sum(points => points.Length),
        Destinations = Destinations,
        Notices = [.. Notices.Where(notice => notice.IsOpen)],
    };

    public void Note(string order, ParkedSelection selection) =>
        Orders = Orders.Add($"{order} {(selection.All ? "all" : string.Join(',', selection.Ids))} by {RequestContext.Get("tom.caller")}");

    public Target Add(Target target, params PhotometryPoint[] points)
    {
        _points[target.Id] = [.. points.OrderBy(point => point.Time.UtcMicroseconds)];
        return _targets[target.Id] = Summed(target);
    }

    public void Record(long id, params PhotometryPoint[] points)
    {
        _points[id] = [.. _points[id].Concat(points).OrderBy(point => point.Time.UtcMicroseconds)];
        _targets[id] = Summed(_targets[id]);
    }

    public Target Target(long id) => _targets.TryGetValue(id, out var target) ? target : throw new TomException(TomFault.NotFound, $"There is no target {id}.");

    public ImmutableArray<PhotometryPoint> Points(long id) => _points[id];

    private Target Summed(Target target)
    {
        var points = _points[target.Id];
        return target with { Points = points.Length, Latest = points.LastOrDefault(), LatestMicroseconds = points.LastOrDefault()?.Time.UtcMicroseconds };
    }
}
