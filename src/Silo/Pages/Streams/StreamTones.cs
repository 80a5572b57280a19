using TomOrleans.Silo.Pages.Parts;

namespace TomOrleans.Silo.Pages.Streams;

/// <summary>How the states of streams and handlers look. States may carry their reason after a colon.</summary>
public static class StreamTones
{
    public static ChipTone Of(string state) => state.Split(':')[0] switch
    {
        "connected" or "live" or "beating" => ChipTone.Good,
        "connecting" or "behind" => ChipTone.Busy,
        "waiting" or "silent" => ChipTone.Warn,
        "refused" or "failing" => ChipTone.Bad,
        _ => ChipTone.Calm,
    };
}
