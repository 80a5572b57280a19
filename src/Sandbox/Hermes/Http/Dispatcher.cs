using Microsoft.AspNetCore.Http;
using TomOrleans.HermesRules.PythonJson;
using TomOrleans.HermesRules.Validation;

namespace TomOrleans.Sandbox.Hermes.Http;

/// <summary>
/// Finds the endpoint of a request and asks it, in the order of the real service's framework: the path, then Accept, then the token, then the method.
/// </summary>
internal sealed class Dispatcher(IReadOnlyList<Endpoint> endpoints, IReadOnlyList<StandInAccount> accounts)
{
    public const string Prefix = "/api/v0/";

    public async Task<Answer> AnswerAsync(HttpRequest request, byte[] body)
    {
        var path = request.Path.Value ?? "/";
        if (path == "/")
        {
            return Answer.Html(200, Pages.Root());
        }

        if (Find(path) is not var (endpoint, argument))
        {
            return Find(path + "/") is null
                ? Answer.Html(404, Pages.Plain("Not Found", "The requested resource was not found on this server."))
                : Redirect(path + "/" + request.QueryString);
        }

        var answer = await AnswerAsync(endpoint, argument, request, body);
        return answer with { Headers = new Dictionary<string, string>(answer.Headers) { ["Allow"] = endpoint.Allow } };
    }

    private async Task<Answer> AnswerAsync(Endpoint endpoint, string argument, HttpRequest request, byte[] body)
    {
        try
        {
            var wantsPage = Negotiation.WantsPage(request.Headers.Accept.ToString());
            var account = Authentication.Authenticate(request.Headers.Authorization, accounts);
            if (account is null && endpoint.NeedsUser(request.Method))
            {
                throw Authentication.NotProvided();
            }

            if (!endpoint.Allows(request.Method))
            {
                return Answer.Detail(405, $"Method \"{request.Method}\" not allowed.");
            }

            var answer = request.Method == "OPTIONS"
                ? Answer.Json(200, new WireObject())
                : await endpoint.HandleAsync(new Exchange(request, body, account, argument));
            return wantsPage ? Answer.Html(answer.Status, Pages.Wrapped(System.Text.Encoding.UTF8.GetString(answer.Body))) : answer;
        }
        catch (RefusalException refusal)
        {
            return refusal.Answer;
        }
        catch (Exception e) when (e is HermesCrashException or NotFiniteNumberException)
        {
            return Answer.ServerError();
        }
    }

    private (Endpoint, string)? Find(string path)
    {
        if (!path.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        foreach (var endpoint in endpoints)
        {
            if (endpoint.Match(path[Prefix.Length..]) is { } argument)
            {
                return (endpoint, argument);
            }
        }

        return null;
    }

    private static Answer Redirect(string location) =>
        Answer.Html(301, "") with { Headers = new Dictionary<string, string> { ["Location"] = location } };
}
