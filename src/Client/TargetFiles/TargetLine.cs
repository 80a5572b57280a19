using TomOrleans.Targets;

namespace TomOrleans.Client.TargetFiles;

/// <summary>A row of a file of targets.</summary>
/// <param name="Number">Of its line in the file, from 1.</param>
/// <param name="Name">The target's; null where it states none.</param>
/// <param name="Draft">The target; null where the row cannot be read for certain.</param>
/// <param name="Fault">Why not; null where it can.</param>
internal sealed record TargetLine(int Number, string? Name, TargetDraft? Draft, string? Fault);
