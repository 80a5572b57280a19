using System.Collections.Frozen;
using System.Text;

namespace TomOrleans.Grains.Targets.Import;

/// <summary>
/// Names under which people write these columns; case and all but letters and digits do not count. Where a file has several columns for one field, the first of them here is read.
/// </summary>
internal static class ColumnNames
{
    private static readonly (ImportField Field, string[] Names)[] Known =
    [
        (ImportField.Target, ["target", "targetname", "objid", "object", "objectname"]),
        (ImportField.Time, ["time", "timestamp", "dateobs", "datetime", "obsdate", "utc", "isotime", "date"]),
        (ImportField.Mjd, ["mjd", "mjdobs", "obsmjd", "midmjd", "mjdutc"]),
        (ImportField.Jd, ["jd", "jdobs", "obsjd", "jdutc"]),
        (ImportField.Tai, ["midpointmjdtai", "mjdtai", "jdtai"]),
        (ImportField.Tcb, ["jdtcb"]),
        (ImportField.Heliocentric, ["hjd", "bjd", "bjdtdb", "hmjd", "bmjd"]),
        (ImportField.Band, ["filter", "band", "bandpass", "passband", "filt", "photfilter"]),
        (ImportField.Magnitude, ["magnitude", "mag", "magpsf", "averagemag", "brightness"]),
        (ImportField.MagnitudeError, ["error", "magerr", "magnitudeerror", "magerror", "dmag", "emag", "sigmapsf", "magunc", "uncertainty", "unc", "brightnesserror"]),
        (ImportField.Limit, ["limit", "limitingmag", "limitingmagnitude", "maglimit", "limmag", "maglim", "diffmaglim", "mag5sig", "upperlimit"]),
        (ImportField.LimitError, ["limiterror"]),
        (ImportField.LimitSigma, ["limitsigma", "limitingmagnsigma"]),
        (ImportField.Flux, ["flux", "fluxujy", "fluxmjy", "fluxnjy", "ujy", "mjy", "njy", "psfflux"]),
        (ImportField.FluxError, ["fluxerr", "fluxerror", "dflux", "eflux", "fluxunc", "fluxerrmjy", "fluxerrujy", "dujy", "psffluxerr", "fluxerrnjy"]),
        (ImportField.FluxLimit, ["fluxlimit"]),
        (ImportField.FluxLimitError, ["fluxlimiterror"]),
        (ImportField.ZeroPoint, ["zp", "zeropoint", "magzp"]),
        (ImportField.System, ["magsys", "zpsys", "magsystem", "magnitudesystem"]),
        (ImportField.Unit, ["unit", "units", "brightnessunit"]),
        (ImportField.LimitUnit, ["limitunit", "limitingbrightnessunit"]),
        (ImportField.IsLimit, ["nondet", "nondetection", "islimit", "isupperlimit"]),
        (ImportField.Telescope, ["telescope", "tel", "observatory"]),
        (ImportField.Instrument, ["instrument", "inst", "instrumentname", "camera"]),
        (ImportField.Exposure, ["exposuretime", "exptime", "exposure", "exposureseconds", "texp"]),
        (ImportField.Origin, ["origin", "source", "sourcename"]),
        (ImportField.MeasurementId, ["measurementid", "diasourceid", "candid"]),
        (ImportField.Observer, ["observer", "observers"]),
        (ImportField.Comments, ["comments", "comment", "notes", "note", "remarks"]),
        (ImportField.Retracted, ["retracted"]),
    ];

    private static readonly FrozenDictionary<string, (ImportField Field, int Rank)> ByName = Known
        .SelectMany(known => known.Names.Select((name, rank) => KeyValuePair.Create(name, (known.Field, rank))))
        .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The field of a column, and how far down its list of names it stands.</summary>
    public static (ImportField Field, int Rank) Find(string name) => ByName.TryGetValue(Fold(name), out var found) ? found : (ImportField.Ignore, 0);

    public static string Fold(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var character in name)
        {
            if (char.IsAsciiLetterOrDigit(character))
            {
                folded.Append(char.ToLowerInvariant(character));
            }
        }

        return folded.ToString();
    }
}
