using System.Collections.Immutable;
using TomOrleans.Grains.Sharing.Hermes;
using TomOrleans.Grains.Sharing.Kafka;
using TomOrleans.Grains.Sharing.Tom;

namespace TomOrleans.Grains.Sharing;

/// <summary>The destinations of the silo's configuration, by name (case matters).</summary>
public sealed class DestinationCatalog : IDisposable
{
    private readonly Dictionary<string, IPhotometryDestination> _byName;

    public DestinationCatalog(IEnumerable<DestinationOptions> destinations, string tomName, TimeProvider time, ITopicSearch? topics = null)
    {
        TomName = tomName;
        All = [.. destinations.Select(IPhotometryDestination (options) => Make(options, tomName, time, topics))];
        _byName = All.ToDictionary(destination => destination.Options.Name, StringComparer.Ordinal);
    }

    /// <summary>TOM_NAME: the default submitter.</summary>
    public string TomName { get; }

    /// <summary>In the configuration's order.</summary>
    public ImmutableArray<IPhotometryDestination> All { get; }

    public IPhotometryDestination? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Throws <see cref="TomException"/> (<see cref="TomFault.NotFound"/>), naming those there are.</summary>
    public IPhotometryDestination Get(string name) => Find(name) ?? throw new TomException(
        TomFault.NotFound,
        All.IsEmpty ? $"There is no destination '{name}': DATA_SHARING has none." : $"There is no destination '{name}'. DATA_SHARING has: {string.Join(", ", _byName.Keys)}.");

    public void Dispose()
    {
        foreach (var destination in All)
        {
            (destination as IDisposable)?.Dispose();
        }
    }

    private static IPhotometryDestination Make(DestinationOptions options, string tomName, TimeProvider time, ITopicSearch? topics)
    {
        if (options.Lease <= 2 * options.SendTimeout)
        {
            throw new ArgumentException($"Destination '{options.Name}': the lease ({options.Lease}) must be more than twice the time-out ({options.SendTimeout}).", nameof(options));
        }

        return options.Kind switch
        {
            DestinationOptions.HermesKind => new HermesDestination(options, time, topics),
            DestinationOptions.TomKind => new TomDestination(options, tomName, time),
            DestinationOptions.KafkaKind or DestinationOptions.HopskotchKind => new KafkaDestination(options, tomName, time),
            _ => throw new ArgumentException($"Destination '{options.Name}' is of the unknown kind '{options.Kind}'.", nameof(options)),
        };
    }
}
