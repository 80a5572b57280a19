using System.Globalization;
using TomOrleans.Grains.Targets.Files;
using TomOrleans.Grains.Targets.Import.Tables;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets.Import;

/// <summary>Makes a point of a row, or says in one line why it cannot be one for certain. Pure; a row is taken whole or not at all.</summary>
internal sealed class PointReader(ColumnPlan plan, RowRules rules, ImportDefaults defaults)
{
    /// <summary>1850: before that no photometry was measured.</summary>
    private const long EarliestMicroseconds = -3_786_825_600_000_000;
    private const NumberStyles NumberForm = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private string[] _cells = [];

    public ImportRow Read(TableRow row)
    {
        if (row.Fault is not null)
        {
            return new(row.Line, null, null, row.Fault);
        }

        _cells = row.Cells;
        var target = Text(ImportField.Target);
        try
        {
            return rules.NotMeasured.Contains(Cell(ImportField.Magnitude))
                ? new(row.Line, target, null, $"the file says {QuotedText.Of(Cell(ImportField.Magnitude))}", IsEmpty: true)
                : Measured() is { } measured ? new(row.Line, target, Complete(measured))
                : new(row.Line, target, null, "neither magnitude, flux nor limit is given", rules.MayBeEmpty);
        }
        catch (UnreadableCellException fault)
        {
            return new(row.Line, target, null, fault.Message);
        }
    }

    private PhotometryPoint Complete(Brightness measured)
    {
        var band = Text(ImportField.Band) ?? defaults.Band ?? rules.Band ?? throw new UnreadableCellException("no band is given: name its column (--map COLUMN=band), or the band of all rows (--band)");
        return new()
        {
            Time = Time(),
            Bandpass = band,
            Telescope = Text(ImportField.Telescope) ?? defaults.Telescope ?? rules.Telescope,
            Instrument = Text(ImportField.Instrument) ?? defaults.Instrument,
            Brightness = measured.Value,
            BrightnessError = measured.Error,
            BrightnessUnit = measured.Unit,
            LimitingBrightness = measured.Limit,
            LimitingBrightnessError = measured.LimitError,
            LimitingBrightnessUnit = measured.LimitUnit,
            LimitSigma = measured.Limit is null ? null : measured.LimitSigma,
            ExposureSeconds = Exposure(),
            Origin = Text(ImportField.Origin) ?? (defaults.IsOriginGiven ? defaults.Origin : rules.Origin ?? defaults.Origin),
            MeasurementId = Text(ImportField.MeasurementId),
            Observer = Text(ImportField.Observer),
            Comments = Text(ImportField.Comments),
            IsRetracted = Truth(ImportField.Retracted) ?? false,
        };
    }

    /// <summary>Null where the row holds none.</summary>
    private Brightness? Measured()
    {
        var magnitude = Magnitude();
        var flux = magnitude is null || rules.FluxFirst ? Flux() : null;
        var (value, error, unit) = (rules.FluxFirst ? flux ?? magnitude : magnitude ?? flux) ?? (double.NaN, null, default);
        double? brightness = double.IsNaN(value) ? null : value;

        var isLimit = (Truth(ImportField.IsLimit) ?? false) || Cell(ImportField.Magnitude).StartsWith('>')
            || (rules.InfiniteErrorIsLimit && Cell(ImportField.MagnitudeError).Trim().Equals("inf", StringComparison.OrdinalIgnoreCase));
        if (isLimit)
        {
            return brightness is null ? Limit(default) : new() { Limit = brightness, LimitUnit = unit, LimitSigma = NotNegative(ImportField.LimitSigma) ?? rules.LimitSigma };
        }

        var limit = Limit(brightness is null ? null : unit);
        return brightness is null ? limit : (limit ?? new()) with { Value = brightness, Error = error, Unit = unit };
    }

    private (double Value, double? Error, BrightnessUnit Unit)? Magnitude()
    {
        if (Number(ImportField.Magnitude, Cell(ImportField.Magnitude).TrimStart('>')) is not { } value || IsNone(value))
        {
            return null;
        }

        var unit = StatedUnit(ImportField.Unit) ?? ColumnUnit(ImportField.Magnitude) ?? System() ?? ByBand() ?? (plan.IsBrightness ? defaults.Unit : Magnitudes(defaults.Unit)) ?? rules.Magnitudes
            ?? (plan.IsBrightness ? throw new UnreadableCellException("a brightness without unit could be a magnitude or a flux: say its unit (--unit 'AB mag')") : BrightnessUnit.Magnitude);
        Check(ImportField.Magnitude, value, unit);
        var isInfinite = rules.InfiniteErrorIsLimit && Cell(ImportField.MagnitudeError).Equals("inf", StringComparison.OrdinalIgnoreCase);
        var error = isInfinite ? null : Error(ImportField.MagnitudeError, ImportField.Magnitude, unit);
        return (value, error is { } given && IsNone(given) ? null : error, unit);
    }

    private (double Value, double? Error, BrightnessUnit Unit)? Flux()
    {
        if (Number(ImportField.Flux) is not { } value)
        {
            return null;
        }

        var (unit, factor) = FluxUnit(ImportField.Flux);
        Check(ImportField.Flux, value * factor, unit);
        return (value * factor, Error(ImportField.FluxError, ImportField.Flux, unit, factor), unit);
    }

    /// <param name="brightness">Unit of the brightness of this row; null where it has none.</param>
    private Brightness? Limit(BrightnessUnit? brightness)
    {
        var sigma = NotNegative(ImportField.LimitSigma) ?? rules.LimitSigma;
        if (Number(ImportField.Limit, Cell(ImportField.Limit).TrimStart('>')) is { } limit && !IsNone(limit))
        {
            var unit = StatedUnit(ImportField.LimitUnit) ?? ColumnUnit(ImportField.Limit) ?? StatedUnit(ImportField.Unit) ?? System() ?? rules.Limits ?? ByBand() ?? Magnitudes(brightness)
                ?? Magnitudes(defaults.Unit) ?? rules.Magnitudes ?? BrightnessUnit.Magnitude;
            Check(ImportField.Limit, limit, unit);
            return new() { Limit = limit, LimitError = Error(ImportField.LimitError, ImportField.Limit, unit), LimitUnit = unit, LimitSigma = sigma };
        }

        if (Number(ImportField.FluxLimit) is { } fluxLimit)
        {
            var (unit, factor) = StatedUnit(ImportField.LimitUnit) is { } stated ? (stated, 1.0) : FluxUnit(ImportField.FluxLimit);
            Check(ImportField.FluxLimit, fluxLimit * factor, unit);
            return new() { Limit = fluxLimit * factor, LimitError = Error(ImportField.FluxLimitError, ImportField.FluxLimit, unit, factor), LimitUnit = unit, LimitSigma = sigma };
        }

        if (rules.ErrorAloneIsLimit && brightness is null && NotNegative(ImportField.FluxError) is not null)
        {
            var (unit, factor) = FluxUnit(ImportField.Flux);
            return new() { Limit = Error(ImportField.FluxError, ImportField.Flux, unit, factor), LimitUnit = unit, LimitSigma = 1 };
        }

        return null;
    }

    /// <summary>The unit of a flux, and what the number is to be multiplied by to be in it: another than 1 only for zero points.</summary>
    private (BrightnessUnit Unit, double Factor) FluxUnit(ImportField field)
    {
        if (Number(ImportField.ZeroPoint) is { } zeroPoint)
        {
            return System() == BrightnessUnit.VegaMagnitude
                ? throw new UnreadableCellException("the zero point is in Vega magnitudes: the flux in janskys depends on the filter")
                : (BrightnessUnit.Microjansky, AbZeroPoint.ToMicrojansky(zeroPoint));
        }

        var unit = StatedUnit(ImportField.Unit) ?? ColumnUnit(field) ?? Fluxes(defaults.Unit) ?? rules.Fluxes
            ?? throw new UnreadableCellException("a flux has neither unit nor zero point: say its unit (--unit uJy)");
        return PhotometryIdentity.IsMagnitude(unit) ? throw new UnreadableCellException($"a flux cannot be in {UnitNames.Of(unit)}") : (unit, 1);
    }

    /// <summary>An error in the unit of what it is the error of: from the unit that its own column states, else as that is.</summary>
    private double? Error(ImportField field, ImportField of, BrightnessUnit unit, double factor = 1)
    {
        if (NotNegative(field) is not { } error)
        {
            return null;
        }

        if (plan.Unit(field) is not { } stated || stated.Text == plan.Unit(of)?.Text)
        {
            return error * factor;
        }

        var own = ColumnUnit(field)!.Value;
        return own == unit || (PhotometryIdentity.IsMagnitude(own) && PhotometryIdentity.IsMagnitude(unit)) ? error
            : BrightnessView.Ratio(own, unit) is { } ratio ? error * ratio
            : throw new UnreadableCellException($"{Name(field)} is in {UnitNames.Of(own)}, and {Name(of)} in {UnitNames.Of(unit)}");
    }

    private double? Exposure() => NotNegative(ImportField.Exposure) is not { } seconds ? null
        : plan.Unit(ImportField.Exposure)?.Text is null or "s" or "sec" or "second" or "seconds" ? seconds
        : throw new UnreadableCellException($"exposures are read in seconds; these are in {QuotedText.Of(plan.Unit(ImportField.Exposure)!.Value.Text)}");

    private ObservationTime Time()
    {
        var time = PointTimes.Read(plan, _cells, defaults.TimeScale);
        return time.UtcMicroseconds < EarliestMicroseconds ? throw new UnreadableCellException("its time lies before 1850")
            : time.UtcMicroseconds > defaults.LatestMicroseconds ? throw new UnreadableCellException($"its time, {CanonicalTime.Format(time.UtcMicroseconds)}, lies in the future")
            : time;
    }

    private BrightnessUnit? System() => Cell(ImportField.System).ToLowerInvariant() switch
    {
        "" => null,
        "ab" => BrightnessUnit.AbMagnitude,
        "vega" => BrightnessUnit.VegaMagnitude,
        var other => throw new UnreadableCellException($"{QuotedText.Of(other)} is no system of magnitudes that is known here (ab, vega)"),
    };

    private BrightnessUnit? StatedUnit(ImportField field) => Cell(field) is not { Length: > 0 } text ? null : UnitNames.Read(text) ?? throw NoUnit(text);

    private BrightnessUnit? ColumnUnit(ImportField field) => plan.Unit(field) is not { } stated ? null : stated.Known ?? throw NoUnit(stated.Text);

    private static UnreadableCellException NoUnit(string text) => new($"{QuotedText.Of(text)} is not a unit of brightness that is known here");

    private BrightnessUnit? ByBand() => rules.MagnitudesByBand.TryGetValue(Cell(ImportField.Band), out var unit) ? unit : null;

    private bool IsNone(double value) => rules.NoMagnitudeFrom is { } from && value >= from && value <= 100;

    private static BrightnessUnit? Magnitudes(BrightnessUnit? unit) => unit is { } given && PhotometryIdentity.IsMagnitude(given) ? unit : null;

    private static BrightnessUnit? Fluxes(BrightnessUnit? unit) => unit is { } given && !PhotometryIdentity.IsMagnitude(given) ? unit : null;

    private void Check(ImportField field, double value, BrightnessUnit unit)
    {
        if (PointRules.Why(value, unit) is { } why)
        {
            throw new UnreadableCellException($"{Name(field)} {QuotedText.Of(Cell(field))} {why}");
        }
    }

    private double? NotNegative(ImportField field) =>
        Number(field) is not { } number ? null
        : number < 0 ? throw new UnreadableCellException($"{Name(field)} {QuotedText.Of(Cell(field))} is negative")
        : number;

    private double? Number(ImportField field) => Number(field, Cell(field));

    private static double? Number(ImportField field, string text) =>
        text.Length == 0 ? null
        : !double.TryParse(text, NumberForm, CultureInfo.InvariantCulture, out var number)
            ? throw new UnreadableCellException($"{Name(field)} {QuotedText.Of(text)} is not a {(IsNonFinite(text) ? "finite " : "")}number")
        : !double.IsFinite(number) ? throw new UnreadableCellException($"{Name(field)} {QuotedText.Of(text)} is not a finite number")
        : number + 0.0;

    private static bool IsNonFinite(string text) => text.TrimStart('+', '-').ToLowerInvariant() is "nan" or "inf" or "infinity";

    private bool? Truth(ImportField field) => Cell(field).ToLowerInvariant() switch
    {
        "" => null,
        "true" or "t" or "1" or "yes" or "y" => true,
        "false" or "f" or "0" or "no" or "n" => false,
        var other => throw new UnreadableCellException($"{Name(field)} {QuotedText.Of(other)} is neither true nor false"),
    };

    private string? Text(ImportField field) => Cell(field) is { Length: > 0 } text ? text : null;

    /// <summary>Without blanks around it, and empty where its text stands for nothing.</summary>
    private string Cell(ImportField field)
    {
        var text = plan.Cell(_cells, field).Trim();
        if (rules.Apostrophes && text.StartsWith('\''))
        {
            text = text[1..];
        }

        return rules.Nothing.Contains(text) ? "" : text;
    }

    private static string Name(ImportField field) => field.ToString().ToLowerInvariant();

    private sealed record Brightness
    {
        public double? Value { get; init; }

        public double? Error { get; init; }

        public BrightnessUnit Unit { get; init; }

        public double? Limit { get; init; }

        public double? LimitError { get; init; }

        public BrightnessUnit LimitUnit { get; init; }

        public double? LimitSigma { get; init; }
    }
}

/// <summary>A cell, and so its row, cannot be read for certain; the message is the reason.</summary>
internal sealed class UnreadableCellException(string reason) : Exception(reason);
