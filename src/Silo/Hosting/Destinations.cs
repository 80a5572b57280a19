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
    });
}
