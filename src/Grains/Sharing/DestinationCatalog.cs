using System.Collections.Immutable;
using TomOrleans.Grains.Sharing.Hermes;
using TomOrleans.Grains.Sharing.Kafka;
using TomOrleans.Grains.Sharing.Tom;
using TomOrleans.Storage.Products;

namespace TomOrleans.Grains.Sharing;

/// <summary>The destinations of the silo's configuration, by name (case matters). Changed as a whole by a reload of the configuration.</summary>
public sealed class DestinationCatalog : IDisposable
{
    private readonly TimeProvider _time;
    private readonly ITopicSearch? _topics;
    private readonly ProductTable? _products;
    private volatile Entries _entries;

    public DestinationCatalog(IEnumerable<DestinationOptions> destinations, string tomName, TimeProvider time, ITopicSearch? topics = null, ProductTable? products = null)
    {
        TomName = tomName;
        (_time, _topics, _products) = (time, topics, products);
        _entries = new([.. destinations.Select(Make)]);
    }

    /// <summary>TOM_NAME: the default submitter.</summary>
    public string TomName { get; }

    /// <summary>In the configuration's order.</summary>
    public ImmutableArray<IPhotometryDestination> All => _entries.All;

    public IPhotometryDestination? Find(string name) => _entries.ByName.GetValueOrDefault(name);

    /// <summary>Throws <see cref="TomException"/> (<see cref="TomFault.NotFound"/>), naming those there are.</summary>
    public IPhotometryDestination Get(string name) => Find(name) ?? throw new TomException(
        TomFault.NotFound,
        All.IsEmpty ? $"There is no destination '{name}': DATA_SHARING has none." : $"There is no destination '{name}'. DATA_SHARING has: {string.Join(", ", All.Select(known => known.Options.Name))}.");

    /// <summary>
    /// Takes other destinations over; those that did not change stay the same objects. A changed or removed one is disposed of when no submission can be under way with it any more.
    /// </summary>
    /// <param name="destinations">All from now on.</param>
    /// <param name="changed">Names of those that differ.</param>
    public void Replace(IEnumerable<DestinationOptions> destinations, IReadOnlySet<string> changed)
    {
        var former = All;
        _entries = new([.. destinations.Select(options => !changed.Contains(options.Name) && Find(options.Name) is { } same ? same : Make(options))]);
        foreach (var gone in former.Except(All))
        {
            _ = EndAsync(gone);
        }
    }

    public void Dispose()
    {
        foreach (var destination in All)
        {
            (destination as IDisposable)?.Dispose();
        }
    }

    private async Task EndAsync(IPhotometryDestination gone)
    {
        await Task.Delay(gone.Options.Lease, _time);
        (gone as IDisposable)?.Dispose();
    }

    private sealed record Entries(ImmutableArray<IPhotometryDestination> All)
    {
        public Dictionary<string, IPhotometryDestination> ByName { get; } = All.ToDictionary(destination => destination.Options.Name, StringComparer.Ordinal);
    }

    private IPhotometryDestination Make(DestinationOptions options)
    {
        if (options.Lease <= 2 * options.SendTimeout)
        {
            throw new ArgumentException($"Destination '{options.Name}': the lease ({options.Lease}) must be more than twice the time-out ({options.SendTimeout}).", nameof(options));
        }

        return options.Kind switch
        {
            DestinationOptions.HermesKind => new HermesDestination(options, _time, _topics),
            DestinationOptions.TomKind => new TomDestination(options, TomName, _time, _products),
            DestinationOptions.KafkaKind or DestinationOptions.HopskotchKind => new KafkaDestination(options, TomName, _time),
            _ => throw new ArgumentException($"Destination '{options.Name}' is of the unknown kind '{options.Kind}'.", nameof(options)),
        };
    }
}
