using TomOrleans.Sharing;
using TomOrleans.Silo.Pages.Parts;

namespace TomOrleans.Silo.Pages.Outbox;

/// <summary>How the states of shares and destinations look.</summary>
public static class ShareTones
{
    public static ChipTone Of(ShareState state) => state switch
    {
        ShareState.Queued or ShareState.Sending => ChipTone.Busy,
        ShareState.Delivered => ChipTone.Good,
        ShareState.Rejected => ChipTone.Bad,
        ShareState.Unconfirmed => ChipTone.Warn,
        _ => ChipTone.Calm,
    };

    public static ChipTone OfDestination(string state) => state.Split(':')[0] switch
    {
        "ready" => ChipTone.Good,
        "sending" or "looking for what was not answered" => ChipTone.Busy,
        "backing off" => ChipTone.Warn,
        _ when state.StartsWith("paused", StringComparison.Ordinal) => ChipTone.Warn,
        _ => ChipTone.Calm,
    };
}
