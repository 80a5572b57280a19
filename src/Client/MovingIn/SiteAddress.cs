using System.Diagnostics.CodeAnalysis;

namespace TomOrleans.Client.MovingIn;

/// <summary>The root address of another TOM, as it was typed. Pure.</summary>
internal static class SiteAddress
{
    /// <summary>With its closing slash, without <c>api/</c> at its end.</summary>
    /// <param name="text">As typed.</param>
    /// <param name="address">The root.</param>
    /// <param name="fault">Why it is none; null when it is.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out Uri? address, [NotNullWhen(false)] out string? fault)
    {
        (address, fault) = (null, null);
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var given) || given.Scheme is not ("http" or "https") || given.Host.Length == 0)
        {
            fault = "the address of a site begins with https:// or http://";
        }
        else if (given.UserInfo.Length > 0)
        {
            fault = "user name and password have no place in the address: give --user, and the password in TOM_IMPORT_PASSWORD or --password-file";
        }
        else if (given.Query.Length > 0 || given.Fragment.Length > 0)
        {
            fault = "the address of a site has no ? or #";
        }
        else
        {
            var path = given.AbsolutePath.TrimEnd('/');
            path = path.EndsWith("/api", StringComparison.Ordinal) ? path[..^"/api".Length] : path;
            address = new Uri($"{given.GetLeftPart(UriPartial.Authority)}{path}/");
        }

        return fault is null;
    }
}
