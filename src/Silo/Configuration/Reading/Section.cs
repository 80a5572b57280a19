using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace TomOrleans.Silo.Configuration.Reading;

internal delegate bool TryParse<T>(string text, [MaybeNullWhen(false)] out T value);

/// <summary>
/// An object of the file while it is read. Each read names its key, so what is left at <see cref="Close"/> is unknown. A read that finds a fault reports
/// it and gives the type's default: the configuration is not used then. Of a section that is not active only the keys are looked at, never a value.
/// </summary>
/// <param name="context">Of this reading.</param>
/// <param name="path">Where the section stands, or would stand.</param>
/// <param name="setting">Null when the file lacks it.</param>
internal sealed class Section(ReadingContext context, string path, Setting? setting)
{
    private readonly List<string> _known = [];

    public ReadingContext Context { get; } = context;
    public string Path { get; } = path;
    public bool IsActive { get; init; } = true;

    /// <summary>Defaults are not listed among the effective settings.</summary>
    public bool IsQuietAboutDefaults { get; init; }
    public IEnumerable<KeyValuePair<string, Setting>> Members => setting?.Members ?? [];

    public string PathOf(string key) => SettingPath.Below(Path, key);

    /// <summary>The setting of this key; null where it is absent or null.</summary>
    public Setting? Take(string key)
    {
        if (!_known.Contains(key))
        {
            _known.Add(key);
        }

        return IsActive && setting?.Member(key) is { Kind: not SettingKind.Null } given ? given : null;
    }

    public T? Required<T>(string key, string allowed, TryParse<T> parse)
    {
        if (Take(key) is { } given)
        {
            return Parse(given, allowed, parse);
        }

        Missing(key, allowed);
        return default;
    }

    public T? Optional<T>(string key, string allowed, TryParse<T> parse, T? fallback = default, string? shown = null)
    {
        if (Take(key) is { } given)
        {
            return Parse(given, allowed, parse);
        }

        Default(key, shown ?? Convert.ToString(fallback, CultureInfo.InvariantCulture));
        return fallback;
    }

    public T Number<T>(string key, T fallback, T least, T most, string unit = "") where T : struct, INumber<T>
    {
        var allowed = $"a number from {least} to {most}{unit}{(typeof(T) == typeof(int) ? ", without fraction" : "")}";
        return Scalar(key, allowed, SettingKind.Number, TryNumber, fallback, T.Zero);

        bool TryNumber(string text, out T value) =>
            T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && value >= least && value <= most;
    }

    public bool Switch(string key, bool fallback) =>
        Scalar(key, "true or false", SettingKind.Switch, bool.TryParse, fallback, fallback, fallback ? "true" : "false");

    /// <summary>One of a few words; case matters. Null after a fault.</summary>
    public T? Choice<T>(string key, IReadOnlyDictionary<string, T> words, T fallback) where T : struct
    {
        return Optional<T?>(key, string.Join(" or ", words.Keys), TryWord, fallback, words.First(word => word.Value.Equals(fallback)).Key);

        bool TryWord(string text, out T? value)
        {
            value = words.TryGetValue(text, out var known) ? known : null;
            return value is not null;
        }
    }

    /// <summary>The section below this key; one without members when it is absent.</summary>
    public Section Object(string key, bool required = false)
    {
        var given = Take(key);
        if (given is { Kind: not SettingKind.Object })
        {
            Context.RefuseUnseen(given, "an object { ... }");
            given = new(given.Path, SettingKind.Unreadable);
        }
        else if (given is null && required)
        {
            Missing(key, "an object { ... }");
        }

        return new(Context, PathOf(key), IsActive ? given : setting?.Member(key)) { IsActive = IsActive && given is not { Kind: SettingKind.Unreadable } };
    }

    public void Missing(string key, string allowed)
    {
        if (IsActive)
        {
            Context.Fault(PathOf(key), $"missing; allowed: {allowed}");
        }
    }

    /// <summary>Lists a default among the effective settings; null or empty for one that is not set.</summary>
    public void Default(string key, string? shown)
    {
        if (IsActive && !IsQuietAboutDefaults)
        {
            Context.Note(PathOf(key), string.IsNullOrEmpty(shown) ? "(not set)" : ShownText.Of(shown), "default");
        }
    }

    /// <summary>The keys that nobody has asked for yet.</summary>
    public IEnumerable<string> Unknown() => Members.Select(member => member.Key).Where(key => !_known.Contains(key));

    /// <summary>Refuses the keys that nobody asked for.</summary>
    public void Close()
    {
        foreach (var (key, member) in Members.Where(member => !_known.Contains(member.Key)))
        {
            Context.Fault(member.Path, $"unknown key{ReadingContext.From(member)}{NearestName.Hint(key, _known)}");
        }
    }

    private T? Parse<T>(Setting given, string allowed, TryParse<T> parse)
    {
        if (Context.TextOf(given, allowed) is not { } text)
        {
            return default;
        }

        if (!parse(text, out var value))
        {
            Context.Refuse(given, allowed);
            return default;
        }

        Context.Note(given.Path, ShownText.Of(value as string ?? text), given.Origin);
        return value;
    }

    private T Scalar<T>(string key, string allowed, SettingKind kind, TryParse<T> parse, T fallback, T afterFault, string? shown = null) where T : struct
    {
        if (Take(key) is not { } given)
        {
            Default(key, shown ?? Convert.ToString(fallback, CultureInfo.InvariantCulture));
            return fallback;
        }

        if (!Context.Resolve(given))
        {
            return afterFault;
        }

        var isOfKind = given.Kind == kind || (given.Kind == SettingKind.Text && given.IsConverted);
        if (!isOfKind || !parse(given.Text, out var value))
        {
            Context.Refuse(given, given.Kind == SettingKind.Text && !given.IsConverted ? $"{allowed}, without quotes" : allowed);
            return afterFault;
        }

        Context.Note(given.Path, given.Text, given.Origin);
        return value;
    }
}
