using System.Text.Json;
using System.Text.Json.Serialization;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets;

/// <summary>
/// What nobody queries of a target, as it is stored: <c>{"astrometry":{"epoch":2000,"properMotionDeclination":-3.1}}</c>. Members are only ever added; what is unknown is left alone by
/// older programs only until they write.
/// </summary>
internal sealed record TargetDetails(Astrometry? Astrometry = null, OrbitalElements? Elements = null)
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Null when there is nothing to keep.</summary>
    public static string? ToJson(Astrometry? astrometry, OrbitalElements? elements)
    {
        var details = new TargetDetails(astrometry == new Astrometry() ? null : astrometry, elements == new OrbitalElements() ? null : elements);
        return details == new TargetDetails() ? null : JsonSerializer.Serialize(details, Form);
    }

    public static TargetDetails OfJson(string? json) => json is null ? new() : JsonSerializer.Deserialize<TargetDetails>(json, Form) ?? new();
}
