using TomOrleans.Targets;

namespace TomOrleans.Client.Input;

/// <summary>Types and schemes of targets, as people and the TOM Toolkit write them.</summary>
internal static class TargetWords
{
    public const string Types = "sidereal or non-sidereal";

    public static readonly string Schemes = string.Join(", ", TargetField.Schemes.Select(scheme => scheme.Name));

    public static bool TryType(string text, out TargetType type)
    {
        var word = text.Trim().Replace('_', '-').ToLowerInvariant();
        type = word == "non-sidereal" ? TargetType.NonSidereal : TargetType.Sidereal;
        return word is "sidereal" or "non-sidereal";
    }

    public static bool TryScheme(string text, out OrbitalScheme scheme)
    {
        var found = TargetField.Schemes.FirstOrDefault(known => known.Name.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase));
        scheme = found.Scheme;
        return found.Name is not null;
    }
}
