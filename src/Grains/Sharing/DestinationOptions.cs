using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TomOrleans.Grains.Sharing.Hermes;

namespace TomOrleans.Grains.Sharing;

/// <summary>One entry of <c>DATA_SHARING</c>.</summary>
public sealed record DestinationOptions
{
    /// <summary>A Hermes service.</summary>
    public const string HermesKind = "hermes";

    /// <summary>Another TOM.</summary>
    public const string TomKind = "tom";

    /// <summary>Any Kafka broker, published to directly.</summary>
    public const string KafkaKind = "kafka";

    /// <summary>SCiMMA HOPSKOTCH, published to directly.</summary>
    public const string HopskotchKind = "hopskotch";

    private readonly Uri _baseUrl = new("https://hermes.lco.global/");

    /// <summary>The entry's name; key of its <c>ISharingGrain</c>.</summary>
    public required string Name { get; init; }

    /// <summary><c>hermes</c> (default), <c>tom</c>, <c>kafka</c> or <c>hopskotch</c>.</summary>
    public string Kind { get; init; } = HermesKind;

    /// <summary>True where a share names the topic it is published on.</summary>
    public bool HasTopics => Kind != TomKind;

    /// <summary>What people see. Default: the name.</summary>
    public string DisplayName { get => field ?? Name; init; }

    /// <summary>Root of the service; a missing closing slash is added. Default: the public Hermes.</summary>
    public Uri BaseUrl
    {
        get => _baseUrl;
        init => _baseUrl = value.AbsoluteUri.EndsWith('/') ? value : new Uri(value.AbsoluteUri + "/");
    }

    /// <summary>Secret. Sent as <c>Authorization: Token</c>; null sends none, which Hermes answers with a refusal.</summary>
    [JsonIgnore]
    public string? ApiKey { get; init; }

    /// <summary>Authors of shares that name none. Default: none.</summary>
    public string DefaultAuthors { get; init; } = "";

    /// <summary>The only topics that may be shared to; empty: any. Default: empty.</summary>
    public ImmutableArray<string> UserTopics { get; init; } = [];

    /// <summary>
    /// How long the first new point of a continuous share waits for others to come along. Default 5 s. Longer makes fewer and larger messages.
    /// </summary>
    public TimeSpan ContinuousDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Only points of these origins are shared there; empty: of any. Default: empty.</summary>
    public ImmutableArray<string> ShareOrigins { get; init; } = [];

    /// <summary>
    /// Names under which this destination's own data reach us, as origin or as sender: they are not sent back to it. Default: none; what came from the topic itself is never sent back anyway.
    /// </summary>
    public ImmutableArray<string> Peers { get; init; } = [];

    /// <summary>
    /// How long one submission may take, answer included. Default 60 s: Hermes makes a Kafka connection for each. Longer makes a silent destination hold up its own queue longer;
    /// shorter makes more shares ambiguous, as Hermes may publish after we gave up.
    /// </summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long a claim on a submission holds when its silo falls silent. Default 150 s; must be more than twice <see cref="SendTimeout"/>, so that nobody takes a submission over
    /// while its request can still be under way.
    /// </summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(150);

    /// <summary>Pauses between tries. Default: 2 s to 15 min.</summary>
    public RetrySchedule Retry { get; init; } = new();

    /// <summary>
    /// Failures in a row after which the destination pauses itself: from then on it is asked, without sending anything, whether it answers, before anything is sent. Default 5.
    /// </summary>
    public int PauseAfter { get; init; } = 5;

    /// <summary>
    /// How long a submission without an answer may still appear. Default 10 min. Only when its topic was read that far past the sending without it, it is sent again. Shorter
    /// resends sooner and risks a double; the client of a silent broker was seen to publish long after its caller gave up.
    /// </summary>
    public TimeSpan LookUpPatience { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Hermes: how far back its archive is asked for messages that were withdrawn [d]; 0 for never. Default 30: later withdrawals go unnoticed.</summary>
    public int RetractionDays { get; init; } = 30;

    /// <summary>The stream on which what this destination publishes is read; null: none, and what it does not answer is not repeated by machine.</summary>
    public string? ConfirmStream { get; init; }

    /// <summary>Account at another TOM.</summary>
    public string? UserName { get; init; }

    /// <summary>Secret: its password.</summary>
    [JsonIgnore]
    public string? Password { get; init; }

    /// <summary>At another TOM: make targets that it does not have. Default true; without it a share of a target that is not there is refused.</summary>
    public bool CreateTargets { get; init; } = true;

    /// <summary>Kafka: librdkafka's properties, <c>bootstrap.servers</c> among them. Some are secret.</summary>
    [JsonIgnore]
    public ImmutableDictionary<string, string> Client { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Kafka: it is the embedded one.</summary>
    public bool IsEmbedded { get; init; }

    /// <summary>Hermes: for whom messages are written. Default: for the TOM Toolkit.</summary>
    public HermesDialect Dialect { get; init; } = HermesDialect.Toolkit;

    /// <summary>Topics whose readers need another one.</summary>
    public IReadOnlyDictionary<string, HermesDialect> TopicDialects { get; init; } = ImmutableDictionary<string, HermesDialect>.Empty;

    public HermesDialect DialectOf(string? topic) => topic is not null && TopicDialects.TryGetValue(topic, out var dialect) ? dialect : Dialect;

    /// <summary>Name and place; no secret, not even one in the URL.</summary>
    public override string ToString() => $"{Name} ({BaseUrl.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)})";
}
