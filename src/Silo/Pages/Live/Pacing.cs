namespace TomOrleans.Silo.Pages.Live;

/// <summary>Thins out what is costly to look at: the TOM changes every second, and most of it does not concern the page.</summary>
/// <param name="beats">A change is looked at once in so many beats.</param>
public sealed class Pacing(int beats)
{
    private int _beat;
    private bool _isBehind;

    /// <summary>True when there was a change since the last time, and it is time to look. To be asked at each beat.</summary>
    public bool IsDue(bool isChanged)
    {
        _isBehind |= isChanged;
        if (++_beat % beats != 0 || !_isBehind)
        {
            return false;
        }

        _isBehind = false;
        return true;
    }
}
