using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace TomOrleans.Testing.Toolkit;

/// <summary>What goes wrong with the next datum that is posted.</summary>
public enum ToolkitFault
{
    None,
    Unavailable,

    /// <summary>500 with a page, nothing stored.</summary>
    Crash,

    /// <summary>Stored, then 500 with a page.</summary>
    StoreAndCrash,

    /// <summary>The connection is cut before anything is stored.</summary>
    Cut,

    /// <summary>Stored, then the connection is cut.</summary>
    StoreAndCut,

    /// <summary>No answer.</summary>
    Hang,
}

/// <summary>A request as it came.</summary>
public sealed record ToolkitRequest(string Method, string Path, string Query, string Body, int Status);

public sealed record ToolkitTarget(long Id, string Name, JsonObject Body, IReadOnlyList<string> Aliases)
{
    public HashSet<string> Lists { get; } = [];
}

/// <summary>
/// Another TOM on loopback that answers as a site of the TOM Toolkit was seen to: wrong credentials are sent to the login page, a datum that is there already is a 500 with a page, a name that
/// is asked for is one text with its commas.
/// </summary>
public sealed class StandInToolkit : IAsyncDisposable
{
    public const string UserName = "anna";
    public const string Password = "pass:wörd";
    private const string Page = "<!DOCTYPE html><html><body>A page</body></html>";
    private static readonly string[] DataTypes = ["photometry", "spectroscopy", "image_file", "fits_file"];

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<ToolkitTarget> _targets = [];
    private readonly List<(long Target, long Time, JsonObject Datum)> _data = [];
    private readonly ConcurrentQueue<ToolkitRequest> _requests = [];
    private WebApplication _app = null!;
    private long _lastId = 40;

    private StandInToolkit()
    {
    }

    /// <summary><c>BASE_URL</c>.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>3: one value of each band and time; limits are left out of answers; other keys.</summary>
    public int Version { get; init; } = 2;

    /// <summary>Answers as a TomOrleans that takes many data at once.</summary>
    public bool TakesBatches { get; init; }

    /// <summary>Where every request is redirected to; null for nowhere.</summary>
    public string? RedirectsTo { get; set; }

    /// <summary>Answers everything with a page.</summary>
    public bool IsOnlyPages { get; set; }

    /// <summary>For the data to come, one each; then nothing goes wrong.</summary>
    public ConcurrentQueue<ToolkitFault> Faults { get; } = [];

    public IReadOnlyList<ToolkitRequest> Requests => [.. _requests];

    public IReadOnlyList<ToolkitTarget> Targets
    {
        get
        {
            lock (_gate)
            {
                return [.. _targets];
            }
        }
    }

    /// <summary>The data of a target, in the order in which they came.</summary>
    public IReadOnlyList<JsonObject> DataOf(long target)
    {
        lock (_gate)
        {
            return [.. _data.Where(datum => datum.Target == target).Select(datum => datum.Datum)];
        }
    }

    public static async Task<StandInToolkit> StartAsync(int version = 2, bool takesBatches = false)
    {
        var toolkit = new StandInToolkit { Version = version, TakesBatches = takesBatches };
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        toolkit._app = builder.Build();
        toolkit._app.Run(toolkit.HandleAsync);
        await toolkit._app.StartAsync();
        toolkit.Url = new(toolkit._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/");
        return toolkit;
    }

    public long AddTarget(string name, params string[] aliases)
    {
        lock (_gate)
        {
            _targets.Add(new(++_lastId, name, [], aliases));
            return _lastId;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        var (status, answer) = await AnswerAsync(context, body);
        _requests.Enqueue(new(context.Request.Method, context.Request.Path, context.Request.QueryString.Value ?? "", body, status));
        if (status == 0)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = answer is string ? "text/html; charset=utf-8" : "application/json";
        if (TakesBatches)
        {
            context.Response.Headers["TomOrleans-Batch"] = "reduceddatums";
        }

        await context.Response.WriteAsync(answer as string ?? ((JsonNode)answer!).ToJsonString());
    }

    private async Task<(int Status, object? Answer)> AnswerAsync(HttpContext context, string body)
    {
        var request = context.Request;
        if (RedirectsTo is { } elsewhere)
        {
            context.Response.Headers.Location = elsewhere;
            return (301, "");
        }

        if (IsOnlyPages)
        {
            return (200, Page);
        }

        var expected = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{UserName}:{Password}"))}";
        if (request.Headers.Authorization != expected)
        {
            context.Response.Headers.Location = $"/accounts/login/?next={request.Path}";
            return (302, "");
        }

        var path = request.Path.Value!;
        return (request.Method, path) switch
        {
            ("GET", "/api/targets/") => Find(request),
            ("POST", "/api/targets/") => Locked(() => Create(Parse(body))),
            ("PATCH", _) when path.StartsWith("/api/targets/", StringComparison.Ordinal) => Locked(() => PutOnLists(path, Parse(body))),
            ("GET", "/api/reduceddatums/") => List(request),
            ("POST", "/api/reduceddatums/") => await StoreAsync(Parse(body)),
            ("POST", "/api/reduceddatums/batch/") when TakesBatches => Locked(() => StoreAll(Parse(body))),
            _ => (404, (object)Page),
        };
    }

    private (int, object?) Locked(Func<(int, object?)> work)
    {
        lock (_gate)
        {
            return work();
        }
    }

    private (int, object?) Find(HttpRequest request) => Locked(() =>
    {
        var name = (string?)request.Query["name_fuzzy"];
        var found = _targets.Where(target => name is null || target.Aliases.Append(target.Name).Any(own => Simplified(own) == Simplified(name))).Select(View);
        return (200, PageOf(request, [.. found]));
    });

    private (int, object?) Create(JsonObject target)
    {
        var name = (string?)target["name"];
        var aliases = target["aliases"]?.AsArray().Select(alias => alias!.AsObject()).ToList() ?? [];
        if (string.IsNullOrEmpty(name))
        {
            return (400, Errors("name", "This field is required."));
        }

        if (_targets.Any(known => known.Name == name))
        {
            return (400, Errors("name", "target with this Name already exists."));
        }

        // Zero counts as missing.
        if ((double?)target["ra"] is null or 0 || (double?)target["dec"] is null or 0)
        {
            return (400, Errors("non_field_errors", "The following fields are required for SIDEREAL targets: ['ra', 'dec']"));
        }

        var taken = aliases.Select(alias => (string)alias["name"]!).FirstOrDefault(alias => _targets.Any(known => known.Aliases.Contains(alias)));
        if (taken is not null)
        {
            return (400, new JsonObject { ["aliases"] = new JsonArray(new JsonObject { ["name"] = new JsonArray("target name with this Alias already exists.") }) });
        }

        var made = new ToolkitTarget(++_lastId, name, target, [.. aliases.Where(alias => !alias.ContainsKey("id")).Select(alias => (string)alias["name"]!)]);
        made.Lists.UnionWith(Lists(target));
        _targets.Add(made);
        if (aliases.Exists(alias => alias.ContainsKey("id")))
        {
            return (500, Page);
        }

        var answer = View(made);
        answer["message"] = "Target successfully uploaded.";
        return (201, answer);
    }

    private (int, object?) PutOnLists(string path, JsonObject change)
    {
        var id = long.Parse(path.Split('/')[3], CultureInfo.InvariantCulture);
        if (_targets.FirstOrDefault(target => target.Id == id) is not { } target)
        {
            return (404, new JsonObject { ["detail"] = "No Target matches the given query." });
        }

        target.Lists.UnionWith(Lists(change));
        var answer = View(target);
        answer["message"] = "Target successfully updated.";
        return (200, answer);
    }

    private (int, object?) List(HttpRequest request) => Locked(() =>
    {
        var target = long.TryParse(request.Query["target__id"], CultureInfo.InvariantCulture, out var id) ? id : 0;
        var type = (string?)request.Query["data_type"];
        return (200, PageOf(request, [.. _data
            .Where(datum => (target == 0 || datum.Target == target) && (type is null || (string?)datum.Datum["data_type"] == type))
            .OrderByDescending(datum => datum.Time).Select(datum => Shown(datum.Datum))]));
    });

    private async Task<(int, object?)> StoreAsync(JsonObject datum)
    {
        var fault = Faults.TryDequeue(out var next) ? next : ToolkitFault.None;
        switch (fault)
        {
            case ToolkitFault.Unavailable:
                return (503, Page);
            case ToolkitFault.Crash:
                return (500, Page);
            case ToolkitFault.Cut:
                return (0, null);
            case ToolkitFault.Hang:
                await Task.Delay(Timeout.Infinite, _stopping.Token).ContinueWith(_ => { }, TaskScheduler.Default);
                return (0, null);
        }

        var answer = Locked(() => Store(datum));
        return fault switch
        {
            ToolkitFault.StoreAndCrash => (500, Page),
            ToolkitFault.StoreAndCut => (0, null),
            _ => answer,
        };
    }

    private (int, object?) StoreAll(JsonObject batch)
    {
        var results = new JsonArray();
        foreach (var datum in batch["data"]!.AsArray().Select(datum => datum!.AsObject()))
        {
            var (status, _) = Store(datum.DeepClone().AsObject());
            results.Add(new JsonObject { ["status"] = status == 500 ? 409 : status });
        }

        return (200, new JsonObject { ["results"] = results });
    }

    private (int, object?) Store(JsonObject datum)
    {
        var id = (long)datum["target"]!;
        if (_targets.All(target => target.Id != id))
        {
            return (400, Errors("target", $"Invalid pk \"{id}\" - object does not exist."));
        }

        if (!DataTypes.Contains((string?)datum["data_type"]) || datum["value"] is not JsonObject { Count: > 0 } value)
        {
            return (500, Page);
        }

        if (!DateTimeOffset.TryParse((string?)datum["timestamp"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var timestamp))
        {
            return (400, Errors("timestamp", "Datetime has wrong format."));
        }

        var time = timestamp.UtcTicks;
        var stored = datum.DeepClone().AsObject();
        stored["value"] = Version == 2 ? value.DeepClone() : Renamed(value);
        var same = Version == 2
            ? _data.Any(other => other.Target == id && other.Time == time && JsonNode.DeepEquals(other.Datum["value"], stored["value"]))
            : _data.Any(other => other.Target == id && other.Time == time && (string?)other.Datum["value"]!["bandpass"] == (string?)stored["value"]!["bandpass"]);
        if (same)
        {
            return (500, Page);
        }

        _data.Add((id, time, stored));
        var answer = Shown(stored);
        answer["message"] = "Data successfully uploaded.";
        return (201, answer);
    }

    private static JsonObject Renamed(JsonObject value)
    {
        var names = new Dictionary<string, string> { ["magnitude"] = "brightness", ["error"] = "brightness_error", ["filter"] = "bandpass" };
        var renamed = new JsonObject();
        foreach (var (key, member) in value)
        {
            renamed[names.GetValueOrDefault(key, key)] = member?.DeepClone();
        }

        return renamed;
    }

    private JsonObject Shown(JsonObject datum)
    {
        var shown = datum.DeepClone().AsObject();
        if (Version == 3)
        {
            shown["value"]!.AsObject().Remove("limit");
        }

        return shown;
    }

    private static JsonObject View(ToolkitTarget target) => new()
    {
        ["id"] = target.Id,
        ["name"] = target.Name,
        ["aliases"] = new JsonArray([.. target.Aliases.Select((alias, i) => (JsonNode)new JsonObject { ["id"] = i + 1, ["name"] = alias })]),
    };

    private static JsonObject PageOf(HttpRequest request, JsonObject[] all)
    {
        var limit = int.TryParse(request.Query["limit"], CultureInfo.InvariantCulture, out var asked) ? asked : 100;
        var offset = int.TryParse(request.Query["offset"], CultureInfo.InvariantCulture, out var given) ? given : 0;
        var more = offset + limit < all.Length;
        return new()
        {
            ["count"] = all.Length,
            ["next"] = more ? $"http://{request.Host}{request.Path}?limit={limit}&offset={offset + limit}" : null,
            ["previous"] = null,
            ["results"] = new JsonArray([.. all.Skip(offset).Take(limit)]),
        };
    }

    private static IEnumerable<string> Lists(JsonObject target) => target["target_lists"]?.AsArray().Select(list => (string)list!["name"]!) ?? [];

    private static JsonObject Errors(string field, string words) => new() { [field] = new JsonArray(words) };

    private static JsonObject Parse(string body) => JsonNode.Parse(body)!.AsObject();

    private static string Simplified(string name) => string.Concat(name.ToLowerInvariant().Where(character => character is not (' ' or '-' or '_' or '(' or ')')));
}
