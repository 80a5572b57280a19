using System.Globalization;
using TomOrleans.Grains.Targets.Times;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets.Import;

/// <summary>The time of a row, from the column that holds it.</summary>
internal static class PointTimes
{
    /// <summary>Throws <see cref="UnreadableCellException"/>.</summary>
    public static ObservationTime Read(ColumnPlan plan, string[] cells, TimeScale? asked)
    {
        foreach (var field in (ReadOnlySpan<ImportField>)[ImportField.Time, ImportField.Mjd, ImportField.Jd, ImportField.Tai, ImportField.Tcb, ImportField.FractionalDate])
        {
            if (plan.Cell(cells, field).Trim() is { Length: > 0 } text)
            {
                return Read(field, text, ScaleOf(plan, field, text, asked));
            }
        }

        throw new UnreadableCellException(plan.Has(ImportField.Heliocentric)
            ? "its only time is heliocentric or barycentric, up to 8 minutes from the time on Earth; if it is neither, say so (--map COLUMN=jd)"
            : "no time is given");
    }

    /// <summary>What the file says goes before what was asked for, which stands in where the file's word means nothing here.</summary>
    private static TimeScale? ScaleOf(ColumnPlan plan, ImportField field, string text, TimeScale? asked)
    {
        var isDate = field is ImportField.Time or ImportField.FractionalDate && !JulianTime.IsNumber(text);
        if (field is ImportField.Tai or ImportField.Tcb || plan.TimeScale(field) is not { } stated || (isDate && HasZone(text)))
        {
            return asked;
        }

        var scale = TimeScales.Find(stated) ?? asked
            ?? throw new UnreadableCellException($"the file says that its times count in {QuotedText.Of(stated)}, which is not read here; if they do not, say what they count (--scale utc, tai, tt, tdb, tcb)");
        return isDate && scale != TimeScale.Utc
            ? throw new UnreadableCellException($"{QuotedText.Of(text)} is a date, and the file says that its times count in {QuotedText.Of(stated)}: only Julian dates are read in that")
            : scale;
    }

    private static bool HasZone(string text) => text[^1] is 'Z' or 'z' || text.EndsWith("UTC", StringComparison.Ordinal) || text.AsSpan(Math.Min(10, text.Length)).ContainsAny('+', '-');

    private static ObservationTime Read(ImportField field, string text, TimeScale? scale)
    {
        string? reason;
        ObservationTime time;
        var read = field switch
        {
            ImportField.Tai => TimeReader.TryReadJulian(text, TimeScale.Tai, out time, out reason),
            ImportField.Tcb => TimeReader.TryReadJulian(text, TimeScale.Tcb, out time, out reason),
            ImportField.FractionalDate => TryReadFractional(text, out time, out reason),
            ImportField.Mjd or ImportField.Jd => TimeReader.TryReadJulian(text, scale ?? TimeScale.Utc, out time, out reason),
            _ when scale is { } other and not TimeScale.Utc && JulianTime.IsNumber(text) => TimeReader.TryReadJulian(text, other, out time, out reason),
            _ => TimeReader.TryRead(text, out time, out reason),
        };
        var form = time.Form;
        return !read ? throw new UnreadableCellException($"time {reason}")
            : field == ImportField.Mjd && IsJulianDate(form) ? throw new UnreadableCellException($"{QuotedText.Of(text)} is a Julian date in a column of modified ones")
            : field == ImportField.Jd && !IsJulianDate(form) ? throw new UnreadableCellException($"{QuotedText.Of(text)} is no Julian date (2400000 to 2600000)")
            : time;
    }

    private static bool IsJulianDate(TimeForm form) =>
        form is TimeForm.JulianDate or TimeForm.JulianDateTai or TimeForm.JulianDateTt or TimeForm.JulianDateTdb or TimeForm.JulianDateTcb;

    private static bool TryReadFractional(string text, out ObservationTime time, out string? reason)
    {
        time = default;
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var day = default(ObservationTime);
        if (point < 0 || !TimeReader.TryRead(text.AsSpan(0, point), out day, out reason)
            || !decimal.TryParse(text.AsSpan(point), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var fraction))
        {
            reason = $"{QuotedText.Of(text)} is no date with a fraction of the day";
            return false;
        }

        time = new(day.UtcMicroseconds + (long)Math.Round(fraction * 86_400_000_000m));
        reason = null;
        return true;
    }
}
