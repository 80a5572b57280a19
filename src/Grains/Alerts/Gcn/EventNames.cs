using System.Text.RegularExpressions;

namespace TomOrleans.Grains.Alerts.Gcn;

/// <summary>Finds the names of transients in a line of text, each in one spelling: <c>GRB230816A</c> and <c>GRB 230816A</c> are one burst.</summary>
internal static partial class EventNames
{
    private const int MostNames = 20;

    /// <summary>In their order, each once.</summary>
    public static IReadOnlyList<string> In(string text)
    {
        var names = new List<string>();
        foreach (Match match in Name().Matches(text))
        {
            var name = Spelling(match);
            if (!names.Contains(name, StringComparer.OrdinalIgnoreCase) && names.Count < MostNames)
            {
                names.Add(name);
            }
        }

        return names;
    }

    private static string Spelling(Match match) => match.Groups["kind"] is { Success: true } kind
        ? $"{kind.Value} {match.Groups["rest"].Value}"
        : match.Value;

    /// <summary>
    /// Bursts by day and letter or fraction of a day; gravitational waves (M for mock); TNS names; neutrinos; X-ray and radio transients; surveys' own; sources by position.
    /// </summary>
    [GeneratedRegex(
        """
        \b(?<kind>GRB|XRF|EP)\s?(?:20)?(?<rest>\d{6}(?:\.\d{1,3}|[A-Za-z]{1,3})?)\b
        | \b(?<kind>FRB)\s?(?<rest>(?:20)?\d{6}[A-Za-z]{1,3})\b
        | \b(?<kind>AT|SN)\s?(?<rest>(?:19|20)\d\d[A-Za-z]{1,5})\b
        | \b(?:IceCube|KM3)-\d{6}[A-Z]\b
        | \bM?S\d{6}[a-z]{1,3}\b
        | \bGW\d{6}(?:_\d{6})?\b
        | \bZTF\d\d[a-z]{7}\b
        | \b(?<kind>SGR|Swift|MAXI|IGR|AXP|4FGL|XTE)\s(?<rest>J?\d{4}(?:\.\d)?[+-]\d{2,6}(?:\.\d+)?)\b
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
