namespace TomOrleans.Testing.Toolkit;

/// <summary>A file that was uploaded.</summary>
public sealed record ToolkitFile(long Target, string? ProductId, string? Type, string Name, string ContentType, string Text);
