namespace TomOrleans.Grains.Operations;

/// <summary>What this silo is.</summary>
/// <param name="Version">Of the software.</param>
/// <param name="DataPath">Its data folder.</param>
/// <param name="Gateway">Where clients reach it, <c>ip:port</c>.</param>
public sealed record SiloIdentity(string Version, string DataPath, string Gateway);
