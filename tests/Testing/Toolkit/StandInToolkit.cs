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

/// <summary>
/// Another TOM on loopback that answers as a site of the TOM Toolkit was seen to: wrong credentials are sent to the login page, a datum that is there already is a 500 with a page, a name that
/// is asked for is one text with its commas.
/// </summary>
public sealed class StandInToolkit : IAsyncDisposable
{
    public const string UserName = "anna";
    public const string Password = "pass:wörd";

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<ToolkitRequest> _requests = [];
    private readonly ToolkitStore _store;
    private WebApplication _app = null!;

    private StandInToolkit(int version) => _store = new(version);

    /// <summary><c>BASE_URL</c>.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>Answers as a TomOrleans that takes many data at once.</summary>
    public bool TakesBatches { get; init; }

    /// <summary>Where every request is redirected to; null for nowhere.</summary>
    public string? RedirectsTo { get; set; }

    /// <summary>Answers everything with a page.</summary>
    public bool IsOnlyPages { get; set; }

    /// <summary>Gives the data of all targets to whoever asks for those of one.</summary>
    public bool IgnoresTargetFilter
    {
        get => _store.IgnoresTargetFilter;
        set => _store.IgnoresTargetFilter = value;
    }

    /// <summary>Takes what stands between two commas for a name, as sites up to 2.24.3 do.</summary>
    public bool SplitsNames
    {
        get => _store.SplitsNames;
        set => _store.SplitsNames = value;
    }

    /// <summary>Called with each request before it is answered.</summary>
    public Action? OnRequest { get; set; }

    /// <summary>For the data to come, one each; then nothing goes wrong.</summary>
    public ConcurrentQueue<ToolkitFault> Faults { get; } = [];

    /// <summary>What goes wrong with a request to read (its path and query); null for nothing.</summary>
    public Func<string, ToolkitFault>? ReadFault { get; set; }

    public IReadOnlyList<ToolkitRequest> Requests => [.. _requests];

    public IReadOnlyList<ToolkitTarget> Targets => Locked(() => (IReadOnlyList<ToolkitTarget>)[.. _store.Targets]);

    /// <param name="version">3: one value of each band and time; limits are left out of answers; other keys.</param>
    /// <param name="takesBatches">Answers as a TomOrleans that takes many data at once.</param>
    public static async Task<StandInToolkit> StartAsync(int version = 2, bool takesBatches = false)
    {
        var toolkit = new StandInToolkit(version) { TakesBatches = takesBatches };
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        toolkit._app = builder.Build();
        toolkit._app.Run(toolkit.HandleAsync);
        await toolkit._app.StartAsync();
        toolkit.Url = new(toolkit._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/");
        return toolkit;
    }

    /// <summary>The data of a target, in the order in which they came.</summary>
    public IReadOnlyList<JsonObject> DataOf(long target) => Locked(() => _store.DataOf(target));

    /// <summary>Files that were uploaded.</summary>
    public IReadOnlyList<ToolkitFile> Files => Locked(() => _store.Files.ToList());

    public long AddTarget(string name, params string[] aliases) => Locked(() => _store.Add(name, [], aliases));

    /// <summary>A target with all that its REST interface tells of it, and the lists it is in.</summary>
    public long AddTarget(JsonObject body, IReadOnlyList<string> aliases, params string[] lists) => Locked(() =>
    {
        var id = _store.Add((string)body["name"]!, body, aliases);
        _store.Targets[^1].Lists.UnionWith(lists);
        return id;
    });

    /// <summary>Puts a datum in as it is, whatever it says.</summary>
    public void AddDatum(long target, JsonObject datum) => Locked(() =>
    {
        _store.Put(target, datum);
        return true;
    });

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        OnRequest?.Invoke();
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = context.Request.HasFormContentType ? "" : await reader.ReadToEndAsync();
        var fault = context.Request.Method == "GET" ? ReadFault?.Invoke($"{context.Request.Path}{context.Request.QueryString}") ?? ToolkitFault.None : ToolkitFault.None;
        var (status, answer) = await FailAsync(fault) ?? await AnswerAsync(context, body);
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

        var text = Encoding.UTF8.GetBytes(answer as string ?? ((JsonNode)answer!).ToJsonString());
        context.Response.ContentLength = text.Length;
        await context.Response.Body.WriteAsync(fault == ToolkitFault.CutAnswer ? text.AsMemory(0, text.Length / 2) : text);
        if (fault == ToolkitFault.CutAnswer)
        {
            await context.Response.Body.FlushAsync();
            context.Abort();
        }
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
            return (200, ToolkitAnswers.Page);
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
            ("GET", "/api/targets/") => Locked(() => _store.Find(request)),
            ("GET", _) when path.StartsWith("/api/targetlist/", StringComparison.Ordinal) => Locked(() => _store.FindList(path)),
            ("POST", "/api/targets/") => Locked(() => _store.Create(Parse(body))),
            ("PATCH", _) when path.StartsWith("/api/targets/", StringComparison.Ordinal) => Locked(() => _store.PutOnLists(path, Parse(body))),
            ("GET", "/api/reduceddatums/") => Locked(() => _store.List(request)),
            ("POST", "/api/reduceddatums/") => await StoreAsync(Parse(body)),
            ("POST", "/api/dataproducts/") => await UploadAsync(context.Request),
            ("POST", "/api/reduceddatums/batch/") when TakesBatches => Locked(() => _store.StoreAll(Parse(body))),
            _ => (404, (object)ToolkitAnswers.Page),
        };
    }

    private async Task<(int, object?)> StoreAsync(JsonObject datum)
    {
        var fault = Faults.TryDequeue(out var next) ? next : ToolkitFault.None;
        if (await FailAsync(fault) is { } failed)
        {
            return failed;
        }

        var answer = Locked(() => _store.Store(datum));
        return fault switch
        {
            ToolkitFault.StoreAndCrash => (500, ToolkitAnswers.Page),
            ToolkitFault.StoreAndCut => (0, null),
            _ => answer,
        };
    }

    private async Task<(int, object?)> UploadAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        var fault = Faults.TryDequeue(out var next) ? next : ToolkitFault.None;
        if (form.Files.GetFile("file") is not { } file)
        {
            return (500, ToolkitAnswers.Page);
        }

        using var content = new MemoryStream();
        await file.CopyToAsync(content);
        var upload = new ToolkitFile(
            long.Parse(form["target"]!, CultureInfo.InvariantCulture), form["product_id"], form["data_product_type"], file.FileName, file.ContentType, Encoding.UTF8.GetString(content.ToArray()));
        var answer = Locked(() => _store.Upload(upload));
        return fault == ToolkitFault.StoreAndCut ? (0, null) : answer;
    }

    /// <summary>The answer of a request that fails before anything is done; null where it goes on.</summary>
    private async Task<(int, object?)?> FailAsync(ToolkitFault fault)
    {
        switch (fault)
        {
            case ToolkitFault.Unavailable:
                return (503, ToolkitAnswers.Page);
            case ToolkitFault.Crash:
                return (500, ToolkitAnswers.Page);
            case ToolkitFault.Junk:
                return (200, new JsonObject { ["count"] = "many", ["results"] = "none" });
            case ToolkitFault.Cut:
                return (0, null);
            case ToolkitFault.Hang:
                await Task.Delay(Timeout.Infinite, _stopping.Token).ContinueWith(_ => { }, TaskScheduler.Default);
                return (0, null);
            default:
                return null;
        }
    }

    private T Locked<T>(Func<T> work)
    {
        lock (_gate)
        {
            return work();
        }
    }

    private static JsonObject Parse(string body) => JsonNode.Parse(body)!.AsObject();
}
