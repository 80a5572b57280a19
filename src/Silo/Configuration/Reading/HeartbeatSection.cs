namespace TomOrleans.Silo.Configuration.Reading;

/// <summary>SILENT_AFTER, RECONNECT_AFTER and FAILING_AFTER of the handler <c>heartbeat</c>.</summary>
internal static class HeartbeatSection
{
    private const double Least = 1;
    private const double Most = 86_400;

    public static HeartbeatOptions Read(Section section)
    {
        var fallback = HeartbeatOptions.Default;
        var silent = Seconds("SILENT_AFTER", fallback.SilentAfter);
        var reconnect = Seconds("RECONNECT_AFTER", fallback.ReconnectAfter);
        var failing = Seconds("FAILING_AFTER", fallback.FailingAfter);
        if (silent > TimeSpan.Zero && reconnect > TimeSpan.Zero && failing > TimeSpan.Zero && (silent > reconnect || reconnect > failing))
        {
            section.Context.Fault(
                section.Path,
                $"SILENT_AFTER {silent.TotalSeconds:0.###}, RECONNECT_AFTER {reconnect.TotalSeconds:0.###}, FAILING_AFTER {failing.TotalSeconds:0.###} given (seconds, or the defaults); "
                + "allowed: none of them shorter than the one before");
        }

        return new(silent, reconnect, failing);

        TimeSpan Seconds(string key, TimeSpan usual) => TimeSpan.FromSeconds(section.Number(key, usual.TotalSeconds, Least, Most, " (seconds)"));
    }
}
