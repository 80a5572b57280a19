namespace TomOrleans.Storage.Messages;

/// <summary>A message to be kept in the log. <paramref name="Headers"/> is an encoding of the caller's.</summary>
/// <param name="Offset">In its partition.</param>
/// <param name="TimeMicroseconds">The record's time [us since 1970, UTC].</param>
/// <param name="KeptMicroseconds">Now [us since 1970, UTC]: what its age is counted from.</param>
/// <param name="MessageId">The hop <c>_id</c>; null where there is none.</param>
/// <param name="Key">The record's key; null where there is none.</param>
/// <param name="Headers">In wire order.</param>
/// <param name="Value">Packed where that saves something.</param>
public sealed record NewMessage(
    long Offset, long TimeMicroseconds, long KeptMicroseconds, Guid? MessageId, byte[]? Key, byte[] Headers, PackedValue Value)
{
    /// <summary>About what a row takes up beside its values, indexes included [bytes].</summary>
    private const int Frame = 96;

    /// <summary>What it counts towards ARCHIVE_BYTES.</summary>
    public long Bytes => Frame + (Key?.Length ?? 0) + Headers.Length + Value.Bytes.Length;
}
