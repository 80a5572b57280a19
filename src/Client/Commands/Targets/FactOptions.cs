using System.Collections.Immutable;
using System.CommandLine;
using TomOrleans.Client.Input;
using TomOrleans.Targets;

namespace TomOrleans.Client.Commands.Targets;

/// <summary>What can be said of a target on the command line, when it is added or edited.</summary>
internal sealed class FactOptions
{
    private const string SetAllowed = "FIELD=NUMBER, with one of the fields that --help lists";

    private readonly Option<double?> _ra = Angle("--ra", "RA", $"Right ascension, ICRS: {AngleInput.RightAscension}.", AngleInput.TryRightAscension, AngleInput.RightAscension);

    private readonly Option<double?> _dec = Angle("--dec", "DEC", $"Declination, ICRS: {AngleInput.Declination}.", AngleInput.TryDeclination, AngleInput.Declination);

    private readonly Option<TargetType?> _type = Parsed.Option(
        "--type",
        "sidereal|non-sidereal",
        "Fixed among the stars (default), or on an orbit.",
        (string text, out TargetType? value) =>
        {
            value = TargetWords.TryType(text, out var type) ? type : null;
            return value is not null;
        },
        TargetWords.Types);

    private readonly Option<OrbitalScheme?> _scheme = Parsed.Option(
        "--scheme",
        "name",
        $"Which orbital elements are given: {TargetWords.Schemes}.",
        (string text, out OrbitalScheme? value) =>
        {
            value = TargetWords.TryScheme(text, out var scheme) ? scheme : null;
            return value is not null;
        },
        TargetWords.Schemes);

    private readonly Option<string[]> _set = Many(
        "--set", "FIELD=NUMBER", $"A number, as often as needed: {string.Join(", ", TargetField.All.Select(field => field.NameWithUnit))}.", text => TrySet(text, out _, out _), SetAllowed);

    private readonly Option<string[]> _field = Many(
        "--field", "KEY=TEXT", "A free field, as often as needed.", text => text.IndexOf('=', StringComparison.Ordinal) > 0, "KEY=TEXT");

    private readonly Option<string[]> _unset = Many(
        "--unset",
        "FIELD",
        "Takes a number, ra, dec or scheme away.",
        text => text is "ra" or "dec" or "scheme" || TargetField.Find(text) is not null,
        "ra, dec, scheme or one of the fields of --set");

    private readonly Option<string[]> _noField = Many("--no-field", "KEY", "Takes a free field away.", text => text.Length > 0, "the key of a free field");

    public void AddTo(Command command, bool withTakingAway)
    {
        foreach (var option in (Option[])[_ra, _dec, _type, _scheme, _set, _field])
        {
            command.Add(option);
        }

        if (withTakingAway)
        {
            command.Add(_unset);
            command.Add(_noField);
        }
    }

    /// <summary>What the target is to be.</summary>
    public TargetEdit Apply(TargetEdit before, ParseResult arguments)
    {
        var edit = before with
        {
            Type = arguments.GetValue(_type) ?? before.Type,
            RightAscensionDegrees = arguments.GetValue(_ra) ?? before.RightAscensionDegrees,
            DeclinationDegrees = arguments.GetValue(_dec) ?? before.DeclinationDegrees,
        };
        if (arguments.GetValue(_scheme) is { } scheme)
        {
            edit = edit with { Elements = (edit.Elements ?? new()) with { Scheme = scheme } };
        }

        foreach (var text in arguments.GetValue(_set) ?? [])
        {
            TrySet(text, out var field, out var number);
            edit = field!.With(edit, number);
        }

        edit = (arguments.GetValue(_unset) ?? []).Aggregate(edit, (now, name) => name switch
        {
            "ra" => now with { RightAscensionDegrees = null },
            "dec" => now with { DeclinationDegrees = null },
            "scheme" => now with { Elements = now.Elements is { } elements ? elements with { Scheme = null } : null },
            _ => TargetField.Find(name)!.With(now, null),
        });
        return edit with { Extras = Extras(edit.Extras.IsDefault ? [] : edit.Extras, arguments) };
    }

    private ImmutableArray<TargetExtra> Extras(ImmutableArray<TargetExtra> before, ParseResult arguments)
    {
        var away = arguments.GetValue(_noField) ?? [];
        var extras = before.Where(extra => !away.Contains(extra.Key)).ToList();
        foreach (var text in arguments.GetValue(_field) ?? [])
        {
            var at = text.IndexOf('=', StringComparison.Ordinal);
            var extra = new TargetExtra(text[..at], text[(at + 1)..]);
            var known = extras.FindIndex(other => other.Key == extra.Key);
            if (known < 0)
            {
                extras.Add(extra);
            }
            else
            {
                extras[known] = extra;
            }
        }

        return [.. extras];
    }

    private static bool TrySet(string text, out TargetField? field, out double number)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        (field, number) = (at > 0 ? TargetField.Find(text[..at].Trim()) : null, 0);
        return field is not null && AngleInput.TryNumber(text[(at + 1)..].Trim(), out number);
    }

    private delegate bool TryAngle(string text, out double degrees);

    private static Option<double?> Angle(string name, string form, string description, TryAngle tryAngle, string allowed) => Parsed.Option(
        name,
        form,
        description,
        (string text, out double? value) =>
        {
            value = tryAngle(text, out var degrees) ? degrees : null;
            return value is not null;
        },
        allowed);

    private static Option<string[]> Many(string name, string form, string description, Func<string, bool> isOne, string allowed)
    {
        var option = new Option<string[]>(name) { HelpName = form, Description = description, Arity = ArgumentArity.OneOrMore };
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !isOne(token.Value)))
            {
                result.AddError($"{name}: '{Output.SafeText.Line(token.Value)}' is not {allowed}");
            }
        });
        return option;
    }
}
