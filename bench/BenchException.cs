namespace TomOrleans.Bench;

/// <summary>The run cannot go on, or what it measured is not what it says: one line for a person, exit code 1.</summary>
internal sealed class BenchException(string message, Exception? inner = null) : Exception(message, inner);
