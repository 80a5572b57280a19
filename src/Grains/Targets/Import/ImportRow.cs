using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets.Import;

/// <summary>A row of a file as it was understood: a point, or why there is none.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Target">Name of its target; null where the file names none.</param>
/// <param name="Point">Null where there is none.</param>
/// <param name="Reason">Why there is none.</param>
/// <param name="IsEmpty">The file itself says that nothing was measured.</param>
internal readonly record struct ImportRow(int Line, string? Target, PhotometryPoint? Point, string? Reason = null, bool IsEmpty = false);

/// <summary>A file as it was understood.</summary>
/// <param name="Format">Name of its format.</param>
/// <param name="Rows">In the order of the file.</param>
/// <param name="Remarks">What was taken for what, and what was not read; for a person to check.</param>
internal sealed record ReadFile(string Format, IReadOnlyList<ImportRow> Rows, IReadOnlyList<string> Remarks);
