namespace TomOrleans.Testing.Toolkit;

/// <summary>A request as it came.</summary>
public sealed record ToolkitRequest(string Method, string Path, string Query, string Body, int Status);
