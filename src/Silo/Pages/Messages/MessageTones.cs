using TomOrleans.Silo.Pages.Parts;

namespace TomOrleans.Silo.Pages.Messages;

/// <summary>How a message's fates look, parked ones included.</summary>
public static class MessageTones
{
    public static ChipTone Of(string fate) => fate switch
    {
        "done" or "handled" => ChipTone.Good,
        "not yet" or "retrying" => ChipTone.Busy,
        "parked" => ChipTone.Warn,
        _ => ChipTone.Calm,
    };
}
