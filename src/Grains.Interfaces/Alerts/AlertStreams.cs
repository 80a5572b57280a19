using System.Globalization;
using Orleans.Streams;

namespace TomOrleans.Alerts;

/// <summary>
/// The Orleans streams that the handler <c>stream</c> hands alerts to: one for each partition of a topic, of <see cref="Alert"/>, in the partition's order. Subscribe with
/// <see cref="AlertStreamsExtensions.GetAlerts"/>, or let a grain with a string key carry <c>[ImplicitStreamSubscription("NAME-OF-THE-TOPIC")]</c>. What is guaranteed, and what not, is
/// in <c>docs/orleans-streams.md</c>.
/// </summary>
public static class AlertStreams
{
    /// <summary>Name of the stream provider; clients add memory streams of this name.</summary>
    public const string Provider = "tom-alerts";

    /// <param name="topic">The namespace: the topic's name, or the handler's NAMESPACE.</param>
    /// <param name="partition">The key, as decimal digits.</param>
    public static StreamId Of(string topic, int partition) => StreamId.Create(topic, partition.ToString(CultureInfo.InvariantCulture));
}

public static class AlertStreamsExtensions
{
    extension(IStreamProvider provider)
    {
        /// <summary>The stream, from the provider named <see cref="AlertStreams.Provider"/>.</summary>
        public IAsyncStream<Alert> GetAlerts(string topic, int partition) => provider.GetStream<Alert>(AlertStreams.Of(topic, partition));
    }
}
