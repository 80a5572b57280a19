using TomOrleans.Grains.Targets.Import.Tables;

namespace TomOrleans.Grains.Targets.Import.Formats;

/// <summary>A kind of file: how it is told, how it is taken apart, what its rows mean.</summary>
/// <param name="Name">What <c>--format</c> takes.</param>
/// <param name="About">For people: whose files these are.</param>
/// <param name="Recognises">True for a text that is certainly one of these.</param>
/// <param name="Table">Takes the text apart. Throws <see cref="UnreadableFileException"/>.</param>
/// <param name="Rules">What its rows mean.</param>
internal sealed record PhotometryFormat(string Name, string About, Func<string, bool> Recognises, Func<string, FileTable> Table, RowRules Rules);
