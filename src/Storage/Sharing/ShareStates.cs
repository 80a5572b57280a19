namespace TomOrleans.Storage.Sharing;

/// <summary>Where a share or a submission stands: the numbers of <c>TomOrleans.Sharing.ShareState</c>, as they are stored.</summary>
public static class ShareStates
{
    public const int Queued = 0;
    public const int Sending = 1;
    public const int Delivered = 2;
    public const int Rejected = 3;
    public const int Unconfirmed = 4;
    public const int Cancelled = 5;

    /// <summary>Queued or sending: something is still to be done by itself.</summary>
    public static bool IsOpen(int state) => state <= Sending;

    /// <summary>The state of a share that was split: open while a part is; then the worst of its ends.</summary>
    public static int OfParts(IReadOnlyCollection<int> parts)
    {
        ReadOnlySpan<int> order = [Sending, Queued, Unconfirmed, Rejected, Cancelled];
        foreach (var state in order)
        {
            if (parts.Contains(state))
                return state;
        }

        return Delivered;
    }
}
