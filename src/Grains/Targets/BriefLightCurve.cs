using TomOrleans.Storage.Photometry;

namespace TomOrleans.Grains.Targets;

/// <summary>
/// The choice of <see cref="LightCurve.Shown"/>, withdrawn values included, over rows that are no objects: for light curves of 100,000 points. A test holds the two to each other.
/// </summary>
internal static class BriefLightCurve
{
    /// <summary>Picks from all rows of a target, in any order (they are put into another), and gives them in the order of <see cref="LightCurve.Shown"/>.</summary>
    public static BriefPoint[] Shown(BriefPoint[] rows)
    {
        var picked = Pick(rows);
        Array.Sort(picked, static (one, other) => (one.TimeMicroseconds, one.Identity).CompareTo((other.TimeMicroseconds, other.Identity)));
        var shown = new List<BriefPoint>(picked.Length);
        for (int from = 0, to; from < picked.Length; from = to)
        {
            for (to = from + 1; to < picked.Length && picked[to].TimeMicroseconds == picked[from].TimeMicroseconds; to++)
            {
            }

            if (to == from + 1)
            {
                shown.Add(picked[from]);
            }
            else
            {
                shown.AddRange(OfOneTime(picked[from..to]));
            }
        }

        return [.. shown];
    }

    /// <summary>Of each identity the row that is shown.</summary>
    private static BriefPoint[] Pick(BriefPoint[] rows)
    {
        Array.Sort(rows, static (one, other) => one.Identity.CompareTo(other.Identity));
        var picked = new List<BriefPoint>(rows.Length);
        foreach (var row in rows)
        {
            if (picked.Count == 0 || picked[^1].Identity != row.Identity)
            {
                picked.Add(row);
            }
            else if (Outranks(row, picked[^1]))
            {
                picked[^1] = row;
            }
        }

        return [.. picked];
    }

    private static IEnumerable<BriefPoint> OfOneTime(BriefPoint[] rows) => rows
        .GroupBy(row => (row.Content, row.Band, row.Telescope))
        .SelectMany(alike => alike.GroupBy(row => row.Origin)
            .SelectMany(origin => origin.OrderBy(row => row.Identity).Index())
            .GroupBy(numbered => numbered.Index, numbered => numbered.Item)
            .Select(measurement => measurement.Aggregate((one, other) => StandsFor(other, one) ? other : one)))
        .OrderBy(row => row.Identity);

    private static bool Outranks(in BriefPoint row, in BriefPoint other) => row.IsRetracted == other.IsRetracted ? Order(row, other) > 0 : other.IsRetracted;

    private static bool StandsFor(in BriefPoint row, in BriefPoint other) =>
        row.IsRetracted != other.IsRetracted ? other.IsRetracted
        : Order(row, other) is var order and not 0 ? order < 0
        : row.Identity < other.Identity;

    private static int Order(in BriefPoint row, in BriefPoint other) =>
        (row.SourceMicroseconds, row.SourceOffset, row.Content).CompareTo((other.SourceMicroseconds, other.SourceOffset, other.Content));
}
