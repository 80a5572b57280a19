using Spectre.Console;

namespace TomOrleans.Client.Output.Plot;

/// <summary>How a band is drawn: by its letter and its colour.</summary>
internal static class BandMark
{
    private static readonly string[] Surveys = ["ztf", "sdss", "lsst", "ps1", "des", "atlas"];

    // The colours of Okabe and Ito (https://jfly.uni-koeln.de/color/), told apart by all kinds of colour vision and legible on dark and on light ground;
    // a console cannot know which it has.
    private static readonly Dictionary<char, Color> Colours = new()
    {
        ['u'] = new(0x00, 0x72, 0xB2),
        ['g'] = new(0x00, 0x9E, 0x73),
        ['r'] = new(0xD5, 0x5E, 0x00),
        ['i'] = new(0xCC, 0x79, 0xA7),
        ['z'] = new(0xE6, 0x9F, 0x00),
        ['y'] = new(0x56, 0xB4, 0xE9),
        ['U'] = new(0x00, 0x72, 0xB2),
        ['B'] = new(0x56, 0xB4, 0xE9),
        ['V'] = new(0x00, 0x9E, 0x73),
        ['R'] = new(0xD5, 0x5E, 0x00),
        ['I'] = new(0xCC, 0x79, 0xA7),
        ['c'] = new(0x56, 0xB4, 0xE9),
        ['o'] = new(0xE6, 0x9F, 0x00),
    };

    /// <summary>
    /// <c>g</c> for <c>g</c>, <c>g'</c>, <c>gp</c>, <c>ztfg</c>, <c>SDSS g</c>, <c>ZTF_g</c>; for any other name its first letter; <c>?</c> where that is none
    /// of ASCII.
    /// </summary>
    public static char Letter(string band)
    {
        var last = band.Split(' ', '_', '-', '.', ':', '/', '(', ')', '\'').LastOrDefault(part => part.Length > 0) ?? "";
        var survey = Surveys.FirstOrDefault(name => last.StartsWith(name, StringComparison.OrdinalIgnoreCase));
        if (survey is not null && last.Length == survey.Length + 1)
        {
            last = last[^1..];
        }

        // LCO's names: up gp rp ip zs.
        var letter = last is [_] or ['u' or 'g' or 'r' or 'i', 'p'] or ['z', 's'] ? last[0] : band.FirstOrDefault();
        return char.IsAsciiLetterOrDigit(letter) ? letter : '?';
    }

    public static Style StyleOf(char letter) => Colours.TryGetValue(letter, out var colour) ? new(colour) : Style.Plain;
}
