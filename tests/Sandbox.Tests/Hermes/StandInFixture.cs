using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using TomOrleans.Sandbox.Hermes;
using TomOrleans.Sandbox.Publishing;

namespace TomOrleans.Sandbox.Tests.Hermes;

/// <summary>A running stand-in whose messages are kept in memory, with a client that holds its token and follows no redirect.</summary>
internal sealed class StandInFixture : IAsyncDisposable
{
    public const string Target = """{"name": "SN 2026abc", "ra": 150.1, "dec": 2.2}""";

    public const string Row =
        """{"target_name": "SN 2026abc", "date_obs": "2026-07-01T03:04:05Z", "telescope": "1m", "bandpass": "g", "brightness": 18.5}""";

    private StandInFixture(StandInHermes hermes, RecordingPublisher publisher)
    {
        (Hermes, Publisher) = (hermes, publisher);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(hermes.Url, "api/v0/") };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Token", hermes.Token);
    }

    public StandInHermes Hermes { get; }

    public RecordingPublisher Publisher { get; }

    public HttpClient Client { get; }

    public static async Task<StandInFixture> StartAsync(Action<StandInHermesOptions>? configure = null)
    {
        var publisher = new RecordingPublisher();
        var options = new StandInHermesOptions { Publisher = publisher };
        configure?.Invoke(options);
        return new StandInFixture(await StandInHermes.StartAsync(options), publisher);
    }

    public static string Message(string? rows = null, string topic = "hermes.test", string extra = "") =>
        $$"""
        {"title": "Photometry", "topic": {{JsonSerializer.Serialize(topic)}}, "submitter": "me"{{extra}},
         "data": {"targets": [{{Target}}], "photometry": [{{rows ?? Row}}], "extra_data": {"key": "abc-1"} } }
        """;

    public Task<HttpResponseMessage> SubmitAsync(string body) => PostAsync("submit_message/", body);

    public Task<HttpResponseMessage> PostAsync(string path, string body) =>
        Client.PostAsync(new Uri(path, UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"));

    public async Task<JsonElement> GetAsync(string path) => await JsonOf(await Client.GetAsync(new Uri(path, UriKind.Relative)));

    public async Task<Guid> PublishAsync(string? body = null) =>
        (await JsonOf(await SubmitAsync(body ?? Message()))).GetProperty("uuid").GetGuid();

    public static async Task<JsonElement> JsonOf(HttpResponseMessage answer)
    {
        using (answer)
        {
            return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Hermes.DisposeAsync();
    }
}
