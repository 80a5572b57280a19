namespace TomOrleans.Silo.Pages.SkyEvents;

/// <summary>Addresses of event pages, relative to the site.</summary>
public static class SkyEventLinks
{
    /// <param name="id">Id, or a name that the event alone has.</param>
    /// <param name="version">Which version's text; null for the latest.</param>
    public static string To(string id, int? version = null) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"events/{Uri.EscapeDataString(id)}{(version is { } number ? $"?version={number}" : "")}");
}
