namespace TomOrleans.Silo.Pages.Targets;

/// <summary>Addresses of target pages, relative to the site.</summary>
public static class TargetLinks
{
    public static string To(string name) => $"targets/{Uri.EscapeDataString(name)}";
}
