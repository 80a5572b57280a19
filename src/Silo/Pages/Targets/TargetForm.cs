using System.Collections.Immutable;
using System.Globalization;
using TomOrleans.Grains.Targets;
using TomOrleans.Targets;

namespace TomOrleans.Silo.Pages.Targets;

/// <summary>A target as somebody writes it into a form: texts, and what they come to. Coordinates are degrees, or parts: then RA is in hours.</summary>
public sealed class TargetForm
{
    private readonly Dictionary<string, string> _numbers = [];

    public string Name { get; set; } = "";

    public TargetType Type { get; set; }

    public string? RightAscension { get; set; }

    public string? Declination { get; set; }

    public OrbitalScheme? Scheme { get; set; }

    public string? Aliases { get; set; }

    public string? Lists { get; set; }

    public string? Extras { get; set; }

    /// <summary>What was understood, in the other form; null where nothing is written.</summary>
    public string? RightAscensionRead => string.IsNullOrWhiteSpace(RightAscension) ? null
        : ReadRightAscension is { } degrees ? $"= {SkyCoordinates.FormatRightAscension(degrees)} h = {Text(degrees)}°" : "no right ascension";

    /// <inheritdoc cref="RightAscensionRead"/>
    public string? DeclinationRead => string.IsNullOrWhiteSpace(Declination) ? null
        : ReadDeclination is { } degrees ? $"= {SkyCoordinates.FormatDeclination(degrees)} = {Text(degrees)}°" : "no declination";

    public ImmutableArray<string> AliasNames => Split(Aliases);

    public ImmutableArray<string> ListNames => Split(Lists);

    /// <summary>What cannot be read, in one line; null when all can. What is read is judged by the TOM.</summary>
    public string? Fault
    {
        get
        {
            var faults = new List<string>();
            if (RightAscensionRead is not null && ReadRightAscension is null)
            {
                faults.Add($"RA: {QuotedText.Of(RightAscension)} is neither degrees (83.63) nor hours (05:34:31.9)");
            }

            if (DeclinationRead is not null && ReadDeclination is null)
            {
                faults.Add($"Dec: {QuotedText.Of(Declination)} is not degrees (22.01, +22:00:52)");
            }

            faults.AddRange(_numbers.Where(number => Parse(number.Value) is null).Select(number => $"{number.Key}: {QuotedText.Of(number.Value)} is not a number"));
            faults.AddRange(Lines(Extras).Where(line => line.IndexOf('=', StringComparison.Ordinal) <= 0).Select(line => $"free field: {QuotedText.Of(line)} is not KEY=TEXT"));
            return faults.Count == 0 ? null : string.Join("; ", faults);
        }
    }

    public TargetDraft Draft
    {
        get
        {
            var edit = EditOf(null);
            return new()
            {
                Name = edit.Name,
                Aliases = AliasNames,
                Type = edit.Type,
                RightAscensionDegrees = edit.RightAscensionDegrees,
                DeclinationDegrees = edit.DeclinationDegrees,
                Astrometry = edit.Astrometry,
                Elements = edit.Elements,
                Extras = edit.Extras,
                Lists = ListNames,
            };
        }
    }

    private double? ReadRightAscension => SkyCoordinates.ParseRightAscension(RightAscension);

    private double? ReadDeclination => SkyCoordinates.ParseTypedDeclination(Declination);

    public static TargetForm Of(Target target)
    {
        var form = new TargetForm
        {
            Name = target.Name,
            Type = target.Type,
            RightAscension = Text(target.RightAscensionDegrees),
            Declination = Text(target.DeclinationDegrees),
            Scheme = target.Elements?.Scheme,
            Aliases = string.Join(", ", target.Aliases),
            Lists = string.Join(", ", target.Lists.Select(list => list.Name)),
            Extras = string.Join('\n', target.Extras.Select(extra => $"{extra.Key}={extra.Value}")),
        };
        var edit = TargetEdit.Of(target);
        foreach (var field in TargetField.All)
        {
            form.SetNumber(field, Text(field.Of(edit)));
        }

        return form;
    }

    public string Number(TargetField field) => _numbers.GetValueOrDefault(field.Name, "");

    public void SetNumber(TargetField field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            _numbers.Remove(field.Name);
        }
        else
        {
            _numbers[field.Name] = text.Trim();
        }
    }

    /// <summary>What the target is to be; refused by the TOM when somebody changed it since <paramref name="before"/> was read.</summary>
    public TargetEdit EditOf(Target? before)
    {
        var edit = new TargetEdit
        {
            Name = Name.Trim(),
            Type = Type,
            RightAscensionDegrees = ReadRightAscension,
            DeclinationDegrees = ReadDeclination,
            Elements = Scheme is { } scheme ? new() { Scheme = scheme } : null,
            Extras = [.. Lines(Extras).Select(line => new TargetExtra(line[..line.IndexOf('=', StringComparison.Ordinal)].Trim(), line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim()))],
            IfModifiedMicroseconds = before?.ModifiedMicroseconds,
        };
        return TargetField.All.Where(field => _numbers.ContainsKey(field.Name)).Aggregate(edit, (now, field) => field.With(now, Parse(_numbers[field.Name])));
    }

    private static double? Parse(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static string Text(double? number) => number?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    private static ImmutableArray<string> Split(string? text) => [.. (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    private static string[] Lines(string? text) => (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
