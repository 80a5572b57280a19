using TomOrleans.Grains.Notices;

namespace TomOrleans.Silo.Configuration.Reading;

/// <summary>NOTICES: whom to tell what is wrong.</summary>
internal static class NoticeSection
{
    private const string RepeatAllowed = "a whole number with m (minutes), h (hours) or d (days), such as 10m, up to 30d";

    public static NoticeOptions Read(Section root)
    {
        var usual = new NoticeOptions();
        var section = root.Object("NOTICES");
        if (!section.Members.Any())
        {
            return usual;
        }

        var repeat = section.Optional("REPEAT", RepeatAllowed, TryRepeat, usual.Repeat, "10m");
        var webhook = WebhookSection.Read(section);
        section.Close();
        return usual with { Webhook = webhook, Repeat = repeat };
    }

    private static bool TryRepeat(string text, out TimeSpan repeat) => ArchiveSection.TryDuration(text, out repeat) && repeat > TimeSpan.Zero && repeat <= TimeSpan.FromDays(30);
}
