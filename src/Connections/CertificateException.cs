namespace TomOrleans.Connections;

/// <summary>A certificate, key or authority cannot be used; the message names the file and what is wrong with it.</summary>
public sealed class CertificateException(string message, Exception? inner = null) : Exception(message, inner);
