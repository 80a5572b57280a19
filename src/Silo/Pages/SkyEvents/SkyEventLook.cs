using TomOrleans.SkyEvents;
using TomOrleans.Silo.Pages.Parts;
using TomOrleans.Silo.Pages.Text;

namespace TomOrleans.Silo.Pages.SkyEvents;

/// <summary>How events are told.</summary>
public static class SkyEventLook
{
    public static ChipTone ToneOf(SkyEventType type) => type switch
    {
        SkyEventType.Initial => ChipTone.Good,
        SkyEventType.Update => ChipTone.Busy,
        SkyEventType.Retraction => ChipTone.Bad,
        _ => ChipTone.Calm,
    };

    /// <summary>Null where it says nothing of its standing.</summary>
    public static string? WordFor(SkyEventType type) => type == SkyEventType.Unstated ? null : type.ToString().ToLowerInvariant();

    /// <summary>By what a target and an event are linked: <c>named GRB 260102A, 3.2 arcsec away</c>.</summary>
    public static string WhyLinked(string? name, double? separationDegrees) => string.Join(", ", ((string?[])
    [
        name is null ? null : $"named {SafeText.Line(name)}",
        separationDegrees is { } degrees ? $"{SkyText.Angle(degrees)} away" : null,
    ]).Where(part => part is not null));

    /// <summary>The error circle in words.</summary>
    public static string ErrorOf(SkyEventPosition position) => position.ErrorDegrees is not { } error ? "no error stated"
        : $"error {SkyText.Angle(error)}{(position.Containment is { } part ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $" ({part:0.###%} within)") : "")}";
}
