namespace TomOrleans.Silo.Pages.Parts;

/// <summary>How a state looks; its text says the same, so that the colour is never needed.</summary>
public enum ChipTone
{
    Calm,
    Good,
    Busy,
    Warn,
    Bad,
}
