using System.Collections.Immutable;
using System.Text.Json;

namespace TomOrleans.Grains.Alerts.Replays;

/// <summary>Options of a handler as they would be, in a shadow replay. Pure.</summary>
public static class ShadowOptions
{
    /// <summary>The options as they are kept with the replay.</summary>
    public static string ToJson(ImmutableDictionary<string, string> options) => JsonSerializer.Serialize(options);

    /// <summary>Throws <see cref="TomFault.Invalid"/> for an option that cannot be tried, or a value it does not have.</summary>
    public static HandlerDefinition Apply(HandlerDefinition definition, string json) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(json)!.Aggregate(definition, (changed, option) => (option.Key, option.Value) switch
        {
            ("CREATE_TARGETS", "always") => changed with { CreateTargets = true },
            ("CREATE_TARGETS", "never") => changed with { CreateTargets = false },
            ("IGNORE_TEST", "true") => changed with { IgnoreTest = true },
            ("IGNORE_TEST", "false") => changed with { IgnoreTest = false },
            _ => throw new TomException(
                TomFault.Invalid,
                $"'{OneLine.Of(option.Key)}={OneLine.Of(option.Value)}' cannot be tried; what can: CREATE_TARGETS=always|never, IGNORE_TEST=true|false"),
        });

}
