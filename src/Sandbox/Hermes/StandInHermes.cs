using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using TomOrleans.HermesRules.PythonJson;
using TomOrleans.HermesRules.Validation;
using TomOrleans.Sandbox.Hermes.Archive;
using TomOrleans.Sandbox.Hermes.Http;
using TomOrleans.Sandbox.Publishing;


namespace TomOrleans.Sandbox.Hermes;

/// <summary>
/// A web service on loopback that behaves towards a client as Hermes does: for the sandbox, and as the double of Hermes in tests. It publishes to the
/// Kafka it is given, forwards nothing to TNS or GCN (400), keeps no files, and says in every answer (<c>Server</c>) that it is not the real one.
/// </summary>
public sealed class StandInHermes : IAsyncDisposable
{
    /// <summary>What the proxy before the real one lets through. [byte]</summary>
    public const int LargestBody = 10 * 1024 * 1024;

    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stopping;
    private readonly IDisposable? _ownPublisher;

    private StandInHermes(WebApplication app, Uri url, string token, Conversation conversation, CancellationTokenSource stopping, IDisposable? ownPublisher)
    {
        (_app, Url, Token, _stopping, _ownPublisher) = (app, url, token, stopping, ownPublisher);
        (Requests, Faults) = (conversation.Requests, conversation.Faults);
    }

    /// <summary>The <c>BASE_URL</c> to configure, with its closing slash: <c>http://127.0.0.1:port/</c>.</summary>
    public Uri Url { get; }

    /// <summary>The token of the first account.</summary>
    public string Token { get; }

    public StandInRequests Requests { get; }

    public StandInFaults Faults { get; }

    /// <summary>Completes when it listens.</summary>
    /// <exception cref="ArgumentException">Neither a broker nor a publisher, or no account, was given.</exception>
    /// <exception cref="IOException">The port is in use.</exception>
    public static async Task<StandInHermes> StartAsync(StandInHermesOptions options, CancellationToken cancellationToken = default)
    {
        if (options.Accounts.Count == 0 || (options.Publisher is null && string.IsNullOrEmpty(options.BootstrapServers)))
        {
            throw new ArgumentException("The stand-in needs an account and either a broker or a publisher.", nameof(options));
        }

        var archive = new MessageArchive(options.ArchivePath, options.ArchiveLag, options.TimeProvider);
        var ownPublisher = options.Publisher is null ? new KafkaMessagePublisher(options.BootstrapServers!) : null;
        var publisher = options.Publisher ?? ownPublisher!;
        var stopping = new CancellationTokenSource();
        var conversation = new Conversation(new Dispatcher(Endpoints(options, publisher, archive), options.Accounts), options.TimeProvider, stopping.Token);

        // Empty builder: a sandbox must not pick up the host program's URLs or settings from the environment.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        var app = builder.Build();
        app.Run(conversation.HoldAsync);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            ownPublisher?.Dispose();
            throw;
        }

        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new StandInHermes(app, new Uri(address + "/"), options.Accounts[0].Token, conversation, stopping, ownPublisher);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.DisposeAsync();
        _ownPublisher?.Dispose();
        _stopping.Dispose();
    }

    private static Endpoint[] Endpoints(StandInHermesOptions options, IMessagePublisher publisher, MessageArchive archive)
    {
        const string Submit = "GET, POST, OPTIONS";
        const string Read = "GET, HEAD, OPTIONS";
        var submit = new SubmitEndpoint(new MessageTable(archive.Contains, options.TestTopicsOnly), publisher, archive);
        var preload = new PreloadEndpoint(options.TimeProvider);
        var profile = new ProfileEndpoint(options.Topics);
        var query = new QueryEndpoint(archive);
        return
        [
            new("submit_message/", Submit, "", Documented(submit.HandleAsync)),
            new("submit_message/validate/", Submit, "", Documented(submit.ValidateAsync)),
            new("submit_message/preload/", Submit, "*", Documented(preload.KeepAsync)),
            new("submit_message/plaintext/", Submit, "", Documented(PlaintextEndpoint.HandleAsync)),
            new("submit_message/load/{}/", Read, "*", preload.LoadAsync),
            new("profile/", "GET, PUT, PATCH, HEAD, OPTIONS", "*", profile.HandleAsync),
            new("topics/", Read, "", profile.TopicsAsync),
            new("query/", Read, "", query.SearchAsync),
            new("query/message/{}/", "GET, PATCH, HEAD, OPTIONS", "PATCH", query.MessageAsync),
        ];
    }

    // A GET where a POST is meant is answered 200 with a text: so a redirected POST looks as if it had succeeded.
    private static Func<Exchange, Task<Answer>> Documented(Func<Exchange, Task<Answer>> handle) => exchange =>
        exchange.Method == "GET"
            ? Task.FromResult(Answer.Json(200, new WireObject { ["message"] = "POST a message here. Nothing was published now." }))
            : handle(exchange);
}
