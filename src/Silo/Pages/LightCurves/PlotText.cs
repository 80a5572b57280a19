using System.Text;
using TomOrleans.Silo.Pages.Text;
using TomOrleans.Targets;

namespace TomOrleans.Silo.Pages.LightCurves;

/// <summary>Text for Plotly, which reads a small HTML of its own: everything from outside is escaped here.</summary>
public static class PlotText
{
    /// <summary>All that is known about a point, a line each.</summary>
    public static string Hover(PhotometryPoint point)
    {
        var text = new StringBuilder();
        text.Append("MJD ").Append(TimeText.Mjd(point.Time.Mjd)).Append("<br>").Append(TimeText.Utc(point.Time.UtcMicroseconds)).Append(" UTC<br>");
        text.Append("<b>").Append(Escape(BrightnessText.Of(point))).Append("</b>");
        if (!point.IsLimit && BrightnessText.Limit(point) is { } limit)
        {
            text.Append("<br>limit ").Append(Escape(limit));
        }

        text.Append("<br>").Append(Escape(point.Bandpass));
        if (LightCurve.InstrumentOf(point) is { Length: > 0 } instrument)
        {
            text.Append(" · ").Append(Escape(instrument));
        }

        text.Append("<br>").Append(Escape(point.Origin));
        return point.IsRetracted ? text.Append("<br>retracted").ToString() : text.ToString();
    }

    /// <summary>Outside text as Plotly shows it letter by letter; control characters are left out, long text is cut.</summary>
    public static string Escape(string text)
    {
        const int longest = 120;
        var shown = new StringBuilder();
        foreach (var letter in text.Length > longest ? text[..longest] + "…" : text)
        {
            _ = letter switch
            {
                '&' => shown.Append("&amp;"),
                '<' => shown.Append("&lt;"),
                '>' => shown.Append("&gt;"),
                _ when char.IsControl(letter) => shown,
                _ => shown.Append(letter),
            };
        }

        return shown.ToString();
    }
}
