namespace TomOrleans.Sandbox.Hermes.Http;

/// <summary>What the client wants to have: JSON unless it asks for HTML first; anything else is 406.</summary>
internal static class Negotiation
{
    /// <exception cref="RefusalException">Neither JSON nor HTML will do.</exception>
    public static bool WantsPage(string accept)
    {
        if (accept.Length == 0)
        {
            return false;
        }

        foreach (var type in accept.Split(',').Select(part => part.Split(';')[0].Trim().ToLowerInvariant()))
        {
            if (type is "*/*" or "application/*" or "application/json")
            {
                return false;
            }

            if (type is "text/html" or "text/*")
            {
                return true;
            }
        }

        throw new RefusalException(Answer.Detail(406, "Could not satisfy the request Accept header."));
    }
}
