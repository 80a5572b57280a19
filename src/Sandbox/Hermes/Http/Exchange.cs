using Microsoft.AspNetCore.Http;

namespace TomOrleans.Sandbox.Hermes.Http;

/// <summary>One request on its way: what came in, whose it is (null: anybody's) and the variable part of its path.</summary>
internal sealed record Exchange(HttpRequest Request, byte[] Body, StandInAccount? Account, string Argument)
{
    public string Method => Request.Method;
}
