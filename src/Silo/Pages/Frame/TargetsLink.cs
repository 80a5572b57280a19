using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace TomOrleans.Silo.Pages.Frame;

/// <summary>The link to the targets, which are the start page too.</summary>
public sealed class TargetsLink : NavLink
{
    [Inject] private NavigationManager Site { get; set; } = null!;

    protected override bool ShouldMatch(string uriAbsolute)
    {
        var path = Site.ToBaseRelativePath(uriAbsolute).Split('?', '#')[0];
        return path.Length == 0 || path == "targets" || path.StartsWith("targets/", StringComparison.Ordinal);
    }
}
