using System.Globalization;
using Microsoft.AspNetCore.Http;
using TomOrleans.Sandbox.Hermes.Archive;
using TomOrleans.HermesRules.Validation;
using TomOrleans.HermesRules.PythonJson;

namespace TomOrleans.Sandbox.Hermes.Http;

/// <summary><c>query/</c> and <c>query/message/{uuid}/</c>: the archive of what was published here, and retraction.</summary>
internal sealed class QueryEndpoint(MessageArchive archive)
{
    private const string Json = "application/json";

    public Task<Answer> SearchAsync(Exchange exchange)
    {
        var query = exchange.Request.Query;
        return Task.FromResult(new Answer(200, Json, archive.Query(new ArchiveQuery
        {
            Topics = [.. query["topic"].OfType<string>()],
            Start = Time(query, "start"),
            End = Time(query, "end"),
            Search = query["search_query"].FirstOrDefault(),
            IncludeRetracted = query["include_retracted"].FirstOrDefault()?.ToLowerInvariant() is "true" or "1",
            Limit = Count(query, "limit", 10),
            Skip = Count(query, "page", 0),
        })));
    }

    public async Task<Answer> MessageAsync(Exchange exchange)
    {
        var isUuid = Guid.TryParse(exchange.Argument, out var id);
        if (exchange.Method == "PATCH")
        {
            return await RetractAsync(exchange, id);
        }

        return isUuid && archive.Find(id) is { } entry ? new Answer(200, Json, entry) : NotFound(exchange);
    }

    private async Task<Answer> RetractAsync(Exchange exchange, Guid id)
    {
        if (exchange.Account!.CredentialName is null)
        {
            return Answer.Error(401, "User must be authenticated with a valid SCiMMA Auth credential to access this API");
        }

        var body = await SubmittedBody.ReadAsync(exchange.Request, exchange.Body);
        if ((body.Json as WireObject)?.Get("retracted") is not bool retracted)
        {
            return Answer.Error(400, "retracted must be true or false");
        }

        return archive.Retract(id, retracted) ? Answer.Json(200, new WireObject { ["success"] = "true" }) : NotFound(exchange);
    }

    private static Answer NotFound(Exchange exchange) =>
        Answer.Error(404, $"404 Client Error: Not Found for url: http://{exchange.Request.Host}/archive/msg/{exchange.Argument}");

    private static long? Time(IQueryCollection query, string name)
    {
        var text = query[name].FirstOrDefault();
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUnixTimeMilliseconds()
            : throw new HermesCrashException($"{name} is no time");
    }

    private static int Count(IQueryCollection query, string name, int standard)
    {
        var text = query[name].FirstOrDefault();
        return string.IsNullOrEmpty(text) ? standard
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count
            : throw new HermesCrashException($"{name} is no number");
    }
}
