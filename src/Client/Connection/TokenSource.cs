namespace TomOrleans.Client.Connection;

/// <summary>
/// Finds the token: <c>--token</c>, then <c>TOM_TOKEN</c>, then the admin token that a silo of this machine wrote. A silo leaves a pointer
/// <c>STATE/tomorleans/gateway-PORT</c>, holding the path of its token file; without one <c>./data/admin-token</c> is tried.
/// </summary>
/// <remarks>Only a gateway on loopback gets a token from a file: another machine's silo has no use for it, and is not to learn it.</remarks>
internal static class TokenSource
{
    /// <returns>Null where there is none: the silo decides what that may do.</returns>
    public static string? Find(string? option, Gateways gateways, Surroundings surroundings) =>
        NullIfBlank(option)
        ?? NullIfBlank(surroundings.Variable("TOM_TOKEN"))
        ?? (gateways.AreLoopback ? FromFiles(gateways, surroundings) : null);

    /// <summary>The token of one silo counts with every silo of its cluster.</summary>
    private static string? FromFiles(Gateways gateways, Surroundings surroundings) =>
        gateways.Addresses.Select(gateway => FromPointer(gateway, surroundings)).FirstOrDefault(token => token is not null)
        ?? ReadLine(Path.Combine(surroundings.WorkingFolder, "data", "admin-token"));

    private static string? FromPointer(GatewayAddress gateway, Surroundings surroundings)
    {
        var pointer = Path.Combine(surroundings.StateFolder, "tomorleans", $"gateway-{gateway.Port}");
        return ReadLine(pointer) is { } tokenFile && Path.IsPathFullyQualified(tokenFile) ? ReadLine(tokenFile) : null;
    }

    /// <summary>A file that is absent or not ours to read is no fault: the next place may do.</summary>
    private static string? ReadLine(string file)
    {
        try
        {
            return File.Exists(file) ? NullIfBlank(File.ReadLines(file).FirstOrDefault()) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? NullIfBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
