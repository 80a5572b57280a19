namespace TomOrleans.Storage.Photometry;

/// <summary>
/// Order of the contents of one identity: by the time of the message that stated them, its offset, and at last the content, so that every reader picks the same one.
/// What came without a message comes first. The last one that is not retracted is shown.
/// </summary>
public sealed class ShownOrder : IComparer<PhotometryRow>
{
    public static readonly ShownOrder Instance = new();

    public int Compare(PhotometryRow? x, PhotometryRow? y)
    {
        if (x is null || y is null)
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        return Compare(x.Source?.TimeMicroseconds, x.Source?.Offset, x.Content, y.Source?.TimeMicroseconds, y.Source?.Offset, y.Content);
    }

    internal static int Compare(long? time, long? offset, long content, long? otherTime, long? otherOffset, long otherContent) =>
        (time ?? long.MinValue, offset ?? long.MinValue, content).CompareTo((otherTime ?? long.MinValue, otherOffset ?? long.MinValue, otherContent));
}
