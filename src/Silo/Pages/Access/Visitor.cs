using Microsoft.AspNetCore.Components.Authorization;
using TomOrleans.Security;

namespace TomOrleans.Silo.Pages.Access;

/// <summary>Who sits at this circuit, as the request that opened it was signed in. Grain calls of the pages are the silo's own, so the pages ask here first.</summary>
public sealed class Visitor(AuthenticationStateProvider authentication)
{
    /// <summary>True when the visitor holds this role; a holder of a higher one holds the lower ones too.</summary>
    public async Task<bool> MayAsync(TomRole needed)
    {
        var user = (await authentication.GetAuthenticationStateAsync()).User;
        return user.Identity?.IsAuthenticated == true && user.IsInRole(needed.ToString());
    }

    /// <summary>The name the visitor signed in under; null for nobody.</summary>
    public async Task<string?> NameAsync() => (await authentication.GetAuthenticationStateAsync()).User.Identity?.Name;
}
