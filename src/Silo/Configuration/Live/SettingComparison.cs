using System.Collections.Immutable;
using System.Text.RegularExpressions;
using TomOrleans.Operations;
using TomOrleans.Silo.Configuration.Reading;

namespace TomOrleans.Silo.Configuration.Live;

/// <summary>Two readings of a configuration, setting by setting. Entries of ALERT_STREAMS are told by their ID, so that moving one changes nothing.</summary>
public sealed partial class SettingComparison
{
    /// <summary>What each host has of its own.</summary>
    private static readonly string[] OwnKeys =
        ["DATA_PATH", "HTTP", "LOG", "PLUGINS", "CLUSTER.NAME", "CLUSTER.SILO_PORT", "CLUSTER.GATEWAY_PORT", "CLUSTER.ADVERTISED_ADDRESS", "CLUSTER.LISTEN", "CLUSTER.TLS", "CLUSTER.TRUSTED_NETWORK", "CLUSTER.DASHBOARD", "CLUSTER.CONNECTION"];

    private readonly ImmutableArray<SettingChange> _changes;

    public SettingComparison(ConfigurationReading before, ConfigurationReading after)
    {
        var (old, now) = (Index(before), Index(after));
        _changes =
        [
            .. old.Keys.Union(now.Keys).Order(StringComparer.Ordinal)
                .Where(key => !Same(old.GetValueOrDefault(key), now.GetValueOrDefault(key)))
                .Select(key => new SettingChange(key, old.GetValueOrDefault(key)?.Shown, now.GetValueOrDefault(key)?.Shown)),
        ];
    }

    /// <summary>Those that can be taken over by a running silo.</summary>
    public ImmutableArray<SettingChange> Live => [.. _changes.Where(change => IsLive(change.Key))];

    /// <summary>Those that count only at a start.</summary>
    public ImmutableArray<SettingChange> AtStart => [.. _changes.Where(change => !IsLive(change.Key))];

    /// <summary>IDs of the streams that differ, are new or are gone.</summary>
    public ImmutableHashSet<string> Streams => [.. Names(StreamKey())];

    /// <summary>Names of the destinations that differ, are new or are gone.</summary>
    public ImmutableHashSet<string> Destinations => [.. Names(DestinationKey())];

    /// <summary>What all silos of a cluster must agree in, <c>KEY = value</c>, without secrets.</summary>
    public static ImmutableArray<string> Shared(ConfigurationReading reading) =>
        [.. Index(reading).Where(setting => IsShared(setting.Key)).Select(setting => $"{setting.Key} = {setting.Value.Shown}").Order(StringComparer.Ordinal)];

    private static bool IsLive(string key) => Begins(key, "ALERT_STREAMS") || Begins(key, "DATA_SHARING");

    private static bool IsShared(string key) => !OwnKeys.Any(own => Begins(key, own)) && !OwnFile().IsMatch(key);

    private static bool Begins(string key, string part) => key.StartsWith(part, StringComparison.Ordinal) && (key.Length == part.Length || key[part.Length] is '.' or '[');

    private static bool Same(EffectiveSetting? before, EffectiveSetting? after) =>
        before is not null && after is not null && before.Shown == after.Shown && before.Hidden?.Reveal() == after.Hidden?.Reveal();

    private IEnumerable<string> Names(Regex pattern) => _changes.Select(change => pattern.Match(change.Key)).Where(match => match.Success).Select(match => match.Groups["quoted"].Success ? match.Groups["quoted"].Value : match.Groups["name"].Value);

    private static SortedDictionary<string, EffectiveSetting> Index(ConfigurationReading reading)
    {
        var ids = reading.Settings.Where(setting => StreamId().IsMatch(setting.Path)).ToDictionary(setting => StreamId().Match(setting.Path).Groups[1].Value, setting => setting.Shown);
        var index = new SortedDictionary<string, EffectiveSetting>(StringComparer.Ordinal);
        foreach (var setting in reading.Settings)
        {
            index[StreamEntry().Replace(setting.Path, entry => $"ALERT_STREAMS[{ids.GetValueOrDefault(entry.Groups[1].Value, entry.Groups[1].Value)}]")] = setting;
        }

        return index;
    }

    /// <summary>A file of each host's own that a stream or destination names, such as <c>SSL_CA</c> or <c>CONFIG["ssl.ca.location"]</c>. Nothing that only sounds like it: a topic may be called <c>sky.location</c>.</summary>
    [GeneratedRegex("""^(?:ALERT_STREAMS\[[^\]]+\]\.OPTIONS|DATA_SHARING(?:\["[^"]+"\]|\.[^.\[]+))\.(?:SSL_CA|(?:KAFKA_)?CONFIG\["[a-z.]+\.location"\])$""")]
    private static partial Regex OwnFile();

    [GeneratedRegex(@"^ALERT_STREAMS\[(\d+)\]\.ID$")]
    private static partial Regex StreamId();

    [GeneratedRegex(@"^ALERT_STREAMS\[(\d+)\]")]
    private static partial Regex StreamEntry();

    [GeneratedRegex(@"^ALERT_STREAMS\[(?<name>[^\]]+)\]")]
    private static partial Regex StreamKey();

    [GeneratedRegex("""^DATA_SHARING(?:\["(?<quoted>[^"]+)"\]|\.(?<name>[^.\[]+))""")]
    private static partial Regex DestinationKey();
}
