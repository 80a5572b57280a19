using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using TomOrleans.Grains.Alerts;
using TomOrleans.Grains.Operations;
using TomOrleans.Grains.Sharing;
using TomOrleans.Operations;
using TomOrleans.Silo.Configuration.Reading;
using TomOrleans.Silo.Hosting;

namespace TomOrleans.Silo.Configuration.Live;

/// <summary>The configuration that this silo runs with, and how another one is taken over.</summary>
/// <param name="running">As it was at the start.</param>
/// <param name="connect">Fills in the addresses of the sandbox's own services; null where none run.</param>
/// <param name="streams">Of this silo.</param>
/// <param name="destinations">Of this silo.</param>
/// <param name="grains">To wake the senders of changed destinations.</param>
/// <param name="log">Says what was taken over.</param>
public sealed partial class ConfigurationFile(
    TomConfiguration running, Func<TomConfiguration, TomConfiguration>? connect, StreamHost streams, DestinationCatalog destinations, IGrainFactory grains, ILogger<ConfigurationFile> log) : IConfigurationFile
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    private volatile ConfigurationReading? _reading = running.Source?.Reading;

    /// <summary>One whose taking over ended half way: some streams and destinations may be as it has them.</summary>
    private ConfigurationReading? _unfinished;

    public bool Exists => _reading is not null;

    public ImmutableArray<string> SharedSettings => _reading is { } reading ? SettingComparison.Shared(reading) : [];

    public string Fingerprint => Exists ? DigestOf(SharedSettings)[..8] : "none";

    public ReloadPlan Plan() => _reading is { } before ? PlanOf(before, running.Source!.ReadAgain()) : new()
    {
        Faults = ["this silo was started without a configuration file"],
        Changes = [],
        Digest = "",
        SharedSettings = [],
    };

    public Task ApplyAsync(string digest)
    {
        // The consumers that are started live on: they must not act with the token of whoever asked for the reload.
        using (ExecutionContext.SuppressFlow())
        {
            return Task.Run(() => TakeOverAsync(digest));
        }
    }

    private async Task TakeOverAsync(string digest)
    {
        if (_reading is not { } before)
        {
            throw new TomException(TomFault.Conflict, "This silo was started without a configuration file.");
        }

        var after = running.Source!.ReadAgain();
        var plan = PlanOf(before, after);
        if (plan.Faults.Length > 0 || plan.Digest != digest || after.Configuration is not { } configuration)
        {
            throw new TomException(TomFault.Conflict, $"The configuration file changed while it was taken over{(plan.Faults is [var first, ..] ? $": {first}" : "")}.");
        }

        SettingComparison[] comparisons = _unfinished is { } half ? [new(before, after), new(half, after)] : [new(before, after)];
        var changedStreams = comparisons.SelectMany(comparison => comparison.Streams).ToHashSet();
        var changed = comparisons.SelectMany(comparison => comparison.Destinations).ToHashSet();
        if (connect is not null)
        {
            configuration = connect(configuration);
        }

        // A destination may publish or look for its messages on a stream: then it changes with that.
        if (changedStreams.Count > 0)
        {
            changed.UnionWith(configuration.Destinations.Select(destination => destination.Name));
        }

        _unfinished = after;
        destinations.Replace(Destinations.Of(configuration), changed);
        await streams.ReplaceAsync([.. StreamDefinitions.Of(configuration)], changedStreams, StopLimit);
        foreach (var destination in changed.Where(name => destinations.Find(name) is not null))
        {
            await grains.Sharing(destination).WakeAsync();
        }

        // Last: until all of it counts, the same order is one to be carried out.
        (_reading, _unfinished) = (after, null);
        LogTakenOver(plan.Changes.Length, string.Join(", ", plan.Changes.Select(change => change.Key)));
    }

    private ReloadPlan PlanOf(ConfigurationReading before, ConfigurationReading after)
    {
        if (after.Configuration is not { } configuration)
        {
            return new() { Faults = [.. after.Faults.Select(fault => fault.ToString())], Changes = [], Digest = "", SharedSettings = [] };
        }

        var comparison = new SettingComparison(before, after);
        var faults = comparison.AtStart.Select(change => $"{change.Key}: {Shown(change)}; it counts only at a start: take it back, or restart the silos one by one instead").ToList();
        if (connect is null && configuration.Streams.Any(stream => stream is { Active: true, Kind: StreamKind.Sandbox }))
        {
            faults.Add("a stream of kind sandbox cannot be added to a running silo: restart it");
        }

        // Hidden values too: a changed password is a change.
        var content = after.Settings.Select(setting => $"{setting.Path}={setting.Shown}={setting.Hidden?.Reveal()}");
        return new() { Faults = [.. faults], Changes = comparison.Live, Digest = DigestOf(content), SharedSettings = SettingComparison.Shared(after) };
    }

    private static string Shown(SettingChange change) => change.Before == change.After ? "is another one now" : $"{change.Before ?? "absent"} became {change.After ?? "absent"}";

    private static string DigestOf(IEnumerable<string> lines) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))));

    [LoggerMessage(Level = LogLevel.Information, Message = "The configuration file was taken over: {Count} changes: {Keys}")]
    private partial void LogTakenOver(int count, string keys);
}
