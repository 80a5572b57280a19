using System.Text.Json.Nodes;
using TomOrleans.Grains.Sharing;
using TomOrleans.Grains.Sharing.Tom;
using TomOrleans.Targets;
using TomOrleans.Testing.Toolkit;

namespace TomOrleans.Grains.Tests.Sharing.Tom;

/// <summary>A stand-in of another TOM of one test's own, and what is sent to it.</summary>
public abstract class TomDestinationTest : IAsyncLifetime
{
    private protected StandInToolkit Toolkit { get; set; } = null!;

    public async ValueTask InitializeAsync() => Toolkit = await StandInToolkit.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Toolkit.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected static ShareContent Content(params PhotometryPoint[] points) => A.Content(points) with { Topic = null };

    private protected DestinationOptions Options(StandInToolkit? toolkit = null) => new()
    {
        Name = "not-my-tom",
        Kind = DestinationOptions.TomKind,
        BaseUrl = (toolkit ?? Toolkit).Url,
        UserName = StandInToolkit.UserName,
        Password = StandInToolkit.Password,
    };

    private protected static SubmissionPlan Plan(ShareContent content) => TomMessage.Build(content, "A TOM", Guid.NewGuid);

    /// <summary>A datum as somebody else put it in there.</summary>
    private protected static JsonObject Datum(string value) =>
        new() { ["data_type"] = "photometry", ["source_name"] = "them", ["timestamp"] = "2026-07-01T03:04:05.678901Z", ["value"] = JsonNode.Parse(value) };

    private protected Task<SendOutcome> SendAsync(ShareContent content, DestinationOptions? options = null) => SendAsync(Plan(content).Parts[0], options);

    private protected async Task<SendOutcome> SendAsync(SubmissionPart part, DestinationOptions? options = null)
    {
        using var destination = new TomDestination(options ?? Options(), "A TOM", TimeProvider.System);
        return await destination.SendAsync(part.Body);
    }
}
