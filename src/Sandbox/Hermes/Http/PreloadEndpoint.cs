using System.Collections.Concurrent;
using TomOrleans.HermesRules.PythonJson;

namespace TomOrleans.Sandbox.Hermes.Http;

/// <summary><c>submit_message/preload/</c> keeps any JSON body, valid or not, for 15 minutes; <c>submit_message/load/{key}/</c> gives it back.</summary>
internal sealed class PreloadEndpoint(TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<string, (object? Body, DateTimeOffset Until)> _bodies = new();

    public async Task<Answer> KeepAsync(Exchange exchange)
    {
        foreach (var (old, entry) in _bodies)
        {
            if (entry.Until <= time.GetUtcNow())
            {
                _bodies.TryRemove(old, out _);
            }
        }

        var body = await SubmittedBody.ReadAsync(exchange.Request, exchange.Body);
        var key = Guid.NewGuid().ToString();
        _bodies[key] = (body.Json, time.GetUtcNow() + Kept);
        return Answer.Json(201, new WireObject { ["key"] = key });
    }

    public Task<Answer> LoadAsync(Exchange exchange) => Task.FromResult(
        _bodies.TryGetValue(exchange.Argument, out var entry) && entry.Until > time.GetUtcNow()
            ? Answer.Json(200, entry.Body)
            : Answer.Error(404, "No message is kept under this key."));
}
