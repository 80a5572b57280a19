using System.Globalization;

namespace TomOrleans.Silo.Pages.Parked;

/// <summary>Addresses of parked messages' pages, relative to the site.</summary>
public static class ParkedLinks
{
    public static string To(long id) => string.Create(CultureInfo.InvariantCulture, $"parked/{id}");
}
