using TomOrleans.Security;

namespace TomOrleans.Client.Connection;

/// <summary>Sends the token along with every grain call.</summary>
internal sealed class TokenCallFilter(string token) : IOutgoingGrainCallFilter
{
    public Task Invoke(IOutgoingGrainCallContext context)
    {
        RequestContext.Set(CallToken.ContextKey, token);
        return context.Invoke();
    }
}
