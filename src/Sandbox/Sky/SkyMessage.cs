using System.Globalization;
using System.Numerics;
using TomOrleans.Sandbox.Publishing;
using TomOrleans.HermesRules.PythonJson;

namespace TomOrleans.Sandbox.Sky;

/// <summary>
/// A visit as a Hermes message, in the normalised form in which Hermes itself would have put it on the topic: defaults present, degrees as numbers,
/// fields in Hermes' order.
/// </summary>
internal static class SkyMessage
{
    private const string Text = "Simulated photometry of an invented object, made by the TomOrleans sandbox.";

    public static HopMessage From(Visit visit, string topic, string sender, WireObject? extra = null)
    {
        var title = $"Photometry of {visit.Target.Name}";
        var data = new WireObject
        {
            ["targets"] = WireList.Of(Target(visit.Target)),
            ["photometry"] = new WireList(visit.Observations.Select(o => Row(visit.Target, o))),
        };
        if (extra is not null)
        {
            data["extra_data"] = extra;
        }

        var message = new WireObject
        {
            ["title"] = title,
            ["topic"] = topic,
            ["message_text"] = Text,
            ["submitter"] = sender,
            ["authors"] = "TomOrleans sky simulator",
            ["data"] = data,
        };
        return new HopMessage(topic, visit.Id, title, sender, WireWriter.ToTopic(message));
    }

    private static WireObject Target(SkyTarget target)
    {
        var row = new WireObject
        {
            ["name"] = target.Name,
            ["ra"] = target.RightAscension,
            ["dec"] = target.Declination,
            ["ra_error_units"] = "degrees",
            ["dec_error_units"] = "degrees",
            ["epoch"] = "2000.0",
            ["new_discovery"] = false,
        };
        if (target.Aliases.Count > 0)
        {
            row["aliases"] = new WireList(target.Aliases);
        }

        return row;
    }

    private static WireObject Row(SkyTarget target, Observation seen)
    {
        var observatory = seen.Observatory;
        var unit = observatory.ReportsFlux ? "mJy" : "AB mag";
        var row = new WireObject
        {
            ["target_name"] = target.Name,
            ["date_obs"] = seen.Time.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
            ["telescope"] = observatory.Telescope,
            ["instrument"] = observatory.Instrument,
            ["bandpass"] = seen.Band,
        };
        if (seen is { Magnitude: { } magnitude, MagnitudeError: { } error })
        {
            row["brightness"] = Brightness(magnitude, observatory);
            // d(flux) = flux ln(10)/2.5 d(mag)
            row["brightness_error"] = observatory.ReportsFlux
                ? Significant(PhotometricNoise.Millijansky(magnitude) * error * Math.Log(10) / 2.5)
                : error;
        }

        row["brightness_unit"] = unit;
        row["exposure_time"] = observatory.ExposureTime;
        if (seen.Limit is { } limit)
        {
            row["limiting_brightness"] = Brightness(limit, observatory);
        }

        row["limiting_brightness_unit"] = unit;
        return row;
    }

    private static double Brightness(double magnitude, Observatory observatory) =>
        observatory.ReportsFlux ? Significant(PhotometricNoise.Millijansky(magnitude)) : magnitude;

    private static double Significant(double value) =>
        double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>A running number for messages that are told apart by it.</summary>
    public static WireObject Numbered(long number) => new() { ["simulated_number"] = (BigInteger)number };
}
