using TomOrleans.Security;

namespace TomOrleans.Grains.Security;

/// <summary>
/// The token of this silo's own process for calls that do not come from a grain (stream consumers, HTTP, pages, sweepers). Made anew at each start, kept in memory only.
/// </summary>
public sealed class SiloToken
{
    private string? _text;

    public async Task IssueAsync(TokenRoles tokens, string siloName) => _text = await tokens.IssueAsync(TomRole.Silo, $"silo {siloName}");

    public string? Text => _text;
}

/// <summary>Adds the silo's token to calls made outside any grain; calls between grains need none.</summary>
public sealed class SiloTokenFilter(SiloToken token) : IOutgoingGrainCallFilter
{
    public Task Invoke(IOutgoingGrainCallContext context)
    {
        if (token.Text is { } text && RequestContext.Get(CallToken.ContextKey) is null
            && (context.SourceId is not { } source || source.IsClient()))
        {
            RequestContext.Set(CallToken.ContextKey, text);
        }

        return context.Invoke();
    }
}
