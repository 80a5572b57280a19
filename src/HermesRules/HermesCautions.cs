using TomOrleans.HermesRules.PythonJson;
using TomOrleans.HermesRules.Validation;

namespace TomOrleans.HermesRules;

/// <summary>
/// What Hermes' check lets pass and what goes wrong all the same, or says something else than was meant: a client of good sense sends none of it.
/// </summary>
public static class HermesCautions
{
    private static readonly string[] Flags = ["submit_to_tns", "submit_to_gcn", "submit_to_mpc"];

    /// <summary>One line each, beginning with its place: <c>data.targets[0].dec: ...</c>. Empty for a body without any.</summary>
    public static IReadOnlyList<string> Of(HermesVerdict.Valid verdict)
    {
        var found = new List<string>();
        if (verdict.Submitted.Get("topic") is { } topic && !TopicName.IsLegal(PythonText.Str(topic)))
        {
            found.Add("topic: not a topic name (1 to 249 of A-Z a-z 0-9 . _ -): Hermes would publish elsewhere or fail");
        }

        found.AddRange(Flags.Where(flag => verdict.Submitted.Get(flag) is not (null or bool))
            .Select(flag => $"{flag}: only true or false: Hermes takes a text for true after it has checked it as false"));
        var data = verdict.Submitted.Get("data") as WireObject ?? [];
        foreach (var table in (string[])["targets", "photometry", "spectroscopy", "astrometry"])
        {
            var rows = data.Get(table) as WireList ?? [];
            for (var i = 0; i < rows.Count; i++)
            {
                Look(rows[i] as WireObject ?? [], $"data.{table}[{i}]", found);
            }
        }

        NotFinite(verdict.Message.Get("data"), "data", found);
        return found;
    }

    private static void Look(WireObject row, string place, List<string> found)
    {
        if (row.Get("dec") is string dec && !PythonNumber.TryParse(dec, out _) && Sexagesimal.TryParse(PythonText.Strip(dec), out _, out var inHours) && inHours)
        {
            found.Add($"{place}.dec: Hermes reads a declination with colons or blanks as hours, \"-05:30:00\" as -82.5 degrees: write decimal degrees");
        }

        if ((row.Get("file_info") as WireList ?? []).OfType<WireObject>().Any(file => file.Get("url") is null))
        {
            found.Add($"{place}.file_info: files are not sent from here: give each one's url");
        }
    }

    private static void NotFinite(object? value, string place, List<string> found)
    {
        switch (value)
        {
            case double number when !double.IsFinite(number):
                found.Add($"{place}: not a finite number: Hermes would publish it as broken JSON and answer with an error");
                break;
            case WireList items:
                for (var i = 0; i < items.Count; i++)
                {
                    NotFinite(items[i], $"{place}[{i}]", found);
                }

                break;
            case WireObject members:
                foreach (var (name, member) in members)
                {
                    NotFinite(member, $"{place}.{name}", found);
                }

                break;
        }
    }
}
