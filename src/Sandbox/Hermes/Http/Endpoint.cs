namespace TomOrleans.Sandbox.Hermes.Http;

/// <summary>One path below <c>/api/v0/</c>. <c>{}</c> at the end of a path stands for one segment, the argument.</summary>
/// <param name="Path">With its closing slash, without which Hermes redirects.</param>
/// <param name="Allow">The methods, as in the header of that name.</param>
/// <param name="UserFor">The method that needs a signed-in user; "*" for all, "" for none.</param>
/// <param name="HandleAsync">Answers what was let through.</param>
internal sealed record Endpoint(string Path, string Allow, string UserFor, Func<Exchange, Task<Answer>> HandleAsync)
{
    /// <summary>The argument ("" where the path has none), or null when the path is another.</summary>
    public string? Match(string path)
    {
        var stem = Path.Replace("{}/", "", StringComparison.Ordinal);
        if (stem == Path)
        {
            return path == Path ? "" : null;
        }

        var rest = path.StartsWith(stem, StringComparison.Ordinal) ? path[stem.Length..].TrimEnd('/') : "";
        return rest.Length > 0 && !rest.Contains('/') && path.EndsWith('/') ? rest : null;
    }

    public bool Allows(string method) => Allow.Split(", ").Contains(method);

    public bool NeedsUser(string method) => UserFor == "*" || UserFor == method;
}
