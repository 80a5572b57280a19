using System.Collections.Immutable;
using TomOrleans.Grains.Sharing.Hermes;

namespace TomOrleans.Grains.Sharing;

/// <summary>The destinations of the silo's configuration, by name (case matters).</summary>
public sealed class DestinationCatalog : IDisposable
{
    private readonly Dictionary<string, IPhotometryDestination> _byName;

    public DestinationCatalog(IEnumerable<DestinationOptions> destinations, string tomName, TimeProvider time, ITopicSearch? topics = null)
    {
        TomName = tomName;
        All = [.. destinations.Select(IPhotometryDestination (options) => Make(options, time, topics))];
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

    private static HermesDestination Make(DestinationOptions options, TimeProvider time, ITopicSearch? topics)
    {
        if (options.Kind != DestinationOptions.HermesKind)
        {
            throw new ArgumentException($"Destination '{options.Name}' is of kind '{options.Kind}'; known: {DestinationOptions.HermesKind}.", nameof(options));
        }

        return options.Lease > 2 * options.SendTimeout
            ? new HermesDestination(options, time, topics)
            : throw new ArgumentException($"Destination '{options.Name}': the lease ({options.Lease}) must be more than twice the time-out ({options.SendTimeout}).", nameof(options));
    }
}
