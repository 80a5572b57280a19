namespace TomOrleans.Silo.Configuration.Reading;

/// <summary>LOG: how the silo's log looks.</summary>
internal static class LogSection
{
    private static readonly Dictionary<string, LogFormat> Formats = new() { ["text"] = LogFormat.Text, ["json"] = LogFormat.Json };

    public static LogSettings Read(Section section)
    {
        var format = section.Choice("FORMAT", Formats, LogFormat.Text);
        section.Close();
        return new(format ?? LogFormat.Text);
    }
}
