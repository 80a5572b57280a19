namespace TomOrleans.Storage.Security;

/// <summary>A token as it is kept: its SHA-256, never its text.</summary>
public sealed record TokenRow(byte[] Sha256, int Role, string Name, long CreatedMicroseconds);
