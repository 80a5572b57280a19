using Microsoft.AspNetCore.Components.Endpoints;

namespace TomOrleans.Silo.Pages.Access;

/// <summary>What a browser is told with each page: nothing is loaded from elsewhere, nobody frames it. The rest of the web server passes untouched.</summary>
public static class PageHeaders
{
    /// <summary>Plotly's WebGL traces compile code ('unsafe-eval'); MudBlazor and Plotly set styles in place ('unsafe-inline').</summary>
    private const string ContentPolicy =
        "default-src 'self'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; object-src 'none'; base-uri 'self'; form-action 'self'";

    public static IApplicationBuilder UsePageHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = ContentPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
        }

        return next(context);
    });
}
