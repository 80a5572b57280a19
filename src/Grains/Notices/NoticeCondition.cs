using TomOrleans.Notices;

namespace TomOrleans.Grains.Notices;

/// <summary>Something that is wrong at this moment.</summary>
/// <param name="Kind">As in <see cref="Notice.Kind"/>; with <paramref name="Subject"/> the thing itself.</param>
/// <param name="Subject">As in <see cref="Notice.Subject"/>.</param>
/// <param name="Level">How much it matters.</param>
/// <param name="Text">One line for a person.</param>
/// <param name="Count">How many.</param>
/// <param name="Mark">Grows when it gets worse; the same means no news.</param>
/// <param name="IsPast">It cannot be mended any more: what somebody has seen is over.</param>
public sealed record NoticeCondition(string Kind, string Subject, NoticeLevel Level, string Text, long Count, long Mark, bool IsPast = false);
