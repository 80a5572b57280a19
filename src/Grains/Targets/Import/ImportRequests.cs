using TomOrleans.Grains.Targets.Files;
using TomOrleans.Grains.Targets.Import.Formats;
using TomOrleans.Grains.Targets.Times;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets.Import;

/// <summary>From what was asked for to what the reader needs. Pure.</summary>
internal static class ImportRequests
{
    private const int MostName = 200;
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(1);

    /// <summary>Throws <see cref="TomException"/> (<see cref="TomFault.Invalid"/>) for words that mean nothing.</summary>
    public static ImportDefaults Defaults(PhotometryImportRequest request, string tomName, long nowMicroseconds)
    {
        if (request.Format is { } format && PhotometryFormats.Find(format) is null)
        {
            throw Invalid($"{QuotedText.Of(format)} is not a format; there are {string.Join(", ", PhotometryFormats.All.Select(known => known.Name))}.");
        }

        return new()
        {
            Telescope = Text(request.Telescope),
            Instrument = Text(request.Instrument),
            Band = Text(request.Band),
            Origin = Text(request.Origin) ?? tomName,
            IsOriginGiven = Text(request.Origin) is not null,
            Unit = Text(request.Unit) is not { } unit ? null
                : UnitNames.Read(unit) ?? throw Invalid($"{QuotedText.Of(unit)} is not a unit of brightness; there are {string.Join(", ", Enum.GetValues<BrightnessUnit>().Select(UnitNames.Of))}."),
            TimeScale = Text(request.TimeScale) is not { } scale ? null
                : Enum.TryParse<TimeScale>(scale, ignoreCase: true, out var known) && !char.IsAsciiDigit(scale[0]) ? known : throw Invalid($"{QuotedText.Of(scale)} is not a time scale; there are utc, tai, tt, tdb, tcb."),
            Columns = request.Columns.DistinctBy(mapping => mapping.Column).ToDictionary(mapping => mapping.Column.Trim(), mapping => Field(mapping.Field), StringComparer.Ordinal),
            LatestMicroseconds = nowMicroseconds + (long)Ahead.TotalMicroseconds,
        };
    }

    /// <summary>A file's name as a place that a point came from: its last part, on one line, without slashes.</summary>
    public static string PlaceName(string fileName)
    {
        var last = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        var kept = string.Concat(last.Take(MostName).Select(character => char.IsControl(character) || char.IsSurrogate(character) ? '_' : character)).Trim();
        return kept.Length > 0 ? kept : "file";
    }

    private static ImportField Field(string name) =>
        Enum.TryParse<ImportField>(name.Trim().Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var field) && !char.IsAsciiDigit(name.Trim()[0])
            ? field
            : throw Invalid($"{QuotedText.Of(name)} is no field of a point; there are {string.Join(", ", Enum.GetNames<ImportField>().Select(known => known.ToLowerInvariant()))}.");

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static TomException Invalid(string message) => new(TomFault.Invalid, message);
}
