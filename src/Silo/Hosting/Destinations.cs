using System.Collections.Immutable;
using TomOrleans.Grains.Sharing;
using TomOrleans.Silo.Configuration;

namespace TomOrleans.Silo.Hosting;

/// <summary>From the configuration's destinations to what the sharing grains send to.</summary>
public static class Destinations
{
    public static IEnumerable<DestinationOptions> Of(TomConfiguration configuration) => configuration.Destinations.Select(destination => new DestinationOptions
    {
        Name = destination.Name,
        Kind = destination.Kind.ToString().ToLowerInvariant(),
        DisplayName = destination.DisplayName,
        BaseUrl = destination.BaseUrl,
        ApiKey = destination.ApiKey?.Reveal(),
        DefaultAuthors = destination.DefaultAuthors ?? "",
        UserTopics = destination.UserTopics,
        SendTimeout = destination.SendTimeout,
        Lease = destination.SendTimeout * 2.5,
        LookUpPatience = destination.LookUpPatience,
        PauseAfter = destination.PauseAfter,
        RetractionDays = destination.RetractionDays,
        Retry = new() { Shortest = destination.RetryPause },
        Dialect = destination.Dialect,
        TopicDialects = destination.TopicDialects,
        ConfirmStream = ConfirmStream(configuration, destination),
        ContinuousDelay = destination.ContinuousDelay,
        ShareOrigins = destination.ShareOrigins,
        Peers = destination.Peers,
        UserName = destination.UserName,
        Password = destination.Password?.Reveal(),
        CreateTargets = destination.CreateTargets,
        Client = Client(configuration, destination).ToImmutableDictionary(property => property.Name, property => property.Value, StringComparer.Ordinal),
        IsEmbedded = Stream(configuration, destination) is { Kind: StreamKind.Sandbox },
    });

    private static StreamConfiguration? Stream(TomConfiguration configuration, DestinationConfiguration destination) =>
        destination.Stream is { } id ? configuration.Streams.FirstOrDefault(stream => stream.Active && stream.Id == id) : null;

    /// <summary>Waiting for fetched messages is a reader's matter.</summary>
    private static IEnumerable<ClientProperty> Client(TomConfiguration configuration, DestinationConfiguration destination) =>
        (Stream(configuration, destination)?.Client ?? destination.Client).Where(property => !property.Name.StartsWith("fetch.", StringComparison.Ordinal));

    /// <summary>
    /// Unless it is said: the sandbox's own stream for the sandbox's own Hermes, and a stream of the public HOPSKOTCH for the public Hermes. Any other pair is not guessed: on the wrong
    /// broker nothing would ever be found, and everything in doubt be sent twice.
    /// </summary>
    private static string? ConfirmStream(TomConfiguration configuration, DestinationConfiguration destination) =>
        destination.ConfirmStream is { } said ? (said == DestinationConfiguration.NoStream ? null : said)
        : destination.Kind != DestinationKind.Hermes ? null
        : configuration.Streams.FirstOrDefault(stream => stream.Active && stream.Kind switch
        {
            StreamKind.Sandbox => configuration.IsSandbox && destination.Name == "hermes",
            StreamKind.Hopskotch => destination.BaseUrl.Host == "hermes.lco.global"
                && stream.Client.Any(property => property.Name == "bootstrap.servers" && property.Value.Contains("kafka.scimma.org", StringComparison.Ordinal)),
            _ => false,
        })?.Id;
}
