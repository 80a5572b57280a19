using System.Globalization;
using TomOrleans.Grains.Targets.Times;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets.Import;

/// <summary>Tells of times that were turned into UTC with leap seconds that nobody here knows for certain.</summary>
internal static class LeapSecondRemarks
{
    public static IEnumerable<string> Of(IReadOnlyCollection<ImportRow> rows)
    {
        var late = rows.Count(row => row.Point is { } point && NeedsThem(point.Time.Form) && !LeapSeconds.AreKnown(point.Time.UtcMicroseconds));
        return late == 0 ? [] :
        [
            string.Create(CultureInfo.InvariantCulture, $"{LeapSeconds.Known}: {late:N0} later time{(late == 1 ? "" : "s")} in TAI, TT, TDB or TCB {(late == 1 ? "was" : "were")} read with TAI - UTC = {LeapSeconds.Table[^1].TaiMinusUtc} s"),
        ];
    }

    /// <summary>All but dates, and Julian dates that count in UTC.</summary>
    private static bool NeedsThem(TimeForm form) => form is not (TimeForm.Iso or TimeForm.JulianDate or TimeForm.ModifiedJulianDate);
}
