namespace TomOrleans.HermesRules.PythonJson;

/// <summary>The bytes are not JSON; the message is what Python's reader says of them.</summary>
public sealed class WireFormatException(string message) : FormatException(message);
