namespace TomOrleans.Silo.Pages.Targets;

/// <summary>Addresses of target pages, relative to the site.</summary>
public static class TargetLinks
{
    /// <summary>All targets of a list.</summary>
    public static string ToList(string list) => $"targets?list={Uri.EscapeDataString(list)}";

    public static string To(string name) => $"targets/{Uri.EscapeDataString(name)}";
}
