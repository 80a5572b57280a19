namespace TomOrleans.Storage.Photometry;

/// <summary>What few measurements state beside the rest of a <see cref="PhotometryRow"/>.</summary>
/// <param name="LimitError">In the unit of the limit; null when not stated.</param>
/// <param name="LimitSigma">How many standard deviations the limit stands for; null when not stated.</param>
/// <param name="Observer">As stated; null when not stated.</param>
/// <param name="Comments">A remark, at most <see cref="PhotometryRow.MostComment"/> characters; null without one.</param>
public sealed record RowAside(double? LimitError, double? LimitSigma, string? Observer, string? Comments)
{
    /// <summary>Null where nothing is stated.</summary>
    public static RowAside? Of(double? limitError, double? limitSigma, string? observer, string? comments) =>
        limitError is null && limitSigma is null && observer is null && comments is null ? null : new(limitError, limitSigma, observer, comments);
}
