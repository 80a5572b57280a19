namespace TomOrleans.Storage.Photometry;

/// <summary>What a light curve needs of a row. Numbers that are missing are not-a-number; texts are numbers of <see cref="BriefPhotometry.Texts"/>.</summary>
/// <param name="Identity">As <see cref="PhotometryRow.Identity"/>.</param>
/// <param name="Content">As <see cref="PhotometryRow.Content"/>.</param>
/// <param name="TimeMicroseconds">[us since 1970, UTC]</param>
/// <param name="Band">Of the bandpass.</param>
/// <param name="Telescope">0 for none.</param>
/// <param name="Origin">Of who measured.</param>
/// <param name="Value">[<paramref name="Unit"/>]</param>
/// <param name="Error">[<paramref name="Unit"/>]</param>
/// <param name="Limit">[<paramref name="LimitUnit"/>]</param>
/// <param name="Unit">As <see cref="PhotometryRow.Unit"/>.</param>
/// <param name="LimitUnit">As <see cref="PhotometryRow.LimitUnit"/>.</param>
/// <param name="IsRetracted">True for a withdrawn value.</param>
/// <param name="SourceMicroseconds">Time of the message that brought it; the smallest number for none. [us since 1970, UTC]</param>
/// <param name="SourceOffset">Its offset; the smallest number for none.</param>
public readonly record struct BriefPoint(
    long Identity, long Content, long TimeMicroseconds, int Band, int Telescope, int Origin, double Value, double Error, double Limit, int Unit, int LimitUnit, bool IsRetracted,
    long SourceMicroseconds, long SourceOffset);

/// <summary>The rows of a target in no particular order, and their texts by number.</summary>
public sealed record BriefPhotometry(BriefPoint[] Rows, IReadOnlyDictionary<int, string> Texts);
