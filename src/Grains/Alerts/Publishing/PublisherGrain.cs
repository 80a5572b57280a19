using System.Text;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using TomOrleans.Alerts;
using TomOrleans.Grains.Security;
using TomOrleans.Streams.Kafka;

namespace TomOrleans.Grains.Alerts.Publishing;

/// <summary>Gives a message the headers that hop-client gives one and publishes it. Keeps nothing: the broker has it, or nobody.</summary>
[GrainType("publisher"), StatelessWorker, Reentrant]
public sealed partial class PublisherGrain(StreamCatalog catalog, ILogger<PublisherGrain> log) : Grain, IPublisherGrain
{
    public async Task<PublishReceipt> PublishAsync(PublishRequest request)
    {
        var stream = Writable();
        var format = PublishedContent.Check(request.Content, request.Format);
        var id = Guid.NewGuid();
        try
        {
            // Made for this one message: an idle connection of librdkafka that is refused would knock several times a second.
            using var producer = new StreamProducer(stream.Settings.Client);
            if (!await producer.HasTopicAsync(request.Topic))
            {
                throw new TomException(TomFault.NotFound, $"The stream {stream.Id} has no topic '{OneLine.Of(request.Topic)}' that its account may see; none is made by publishing.");
            }

            var receipt = await producer.PublishAsync(request.Topic, Record(stream, request, id, format));
            LogPublished(log, request.Topic, receipt.Partition.Partition, receipt.Offset, stream.Id, id, RequestContext.Get(ClientCallFilter.CallerKey) as string ?? "this TOM");
            return new(stream.Id, request.Topic, receipt.Partition.Partition, receipt.Offset, id, format);
        }
        catch (StreamPublishException exception)
        {
            throw new TomException(
                exception.IsRefused ? TomFault.Forbidden : TomFault.Unavailable,
                $"{stream.Id}: {OneLine.Of(exception.Message)}"
                + (exception.IsAmbiguous ? $"; the broker may have it all the same: look for the message {id} before you repeat it" : "; it was not published"));
        }
        catch (Exception exception) when (exception is StreamUnavailableException or StreamConfigurationException)
        {
            throw new TomException(TomFault.Unavailable, $"{stream.Id}: {OneLine.Of(exception.Message)}; it was not published");
        }
    }

    private StreamDefinition Writable()
    {
        var id = this.GetPrimaryKeyString();
        var stream = catalog.Streams.FirstOrDefault(known => known.Id == id)
            ?? throw new TomException(TomFault.NotFound, $"There is no stream '{OneLine.Of(id)}'; there are: {string.Join(", ", catalog.Streams.Select(known => known.Id))}");
        return stream.Kind != "gcn" ? stream : throw new TomException(
            TomFault.Invalid,
            $"The stream {id} is GCN, which takes no messages over Kafka from those who read it: circulars are submitted at https://gcn.nasa.gov/circulars or through Hermes, "
            + "and how a mission becomes a producer of notices is said at https://gcn.nasa.gov/docs");
    }

    private static OutgoingRecord Record(StreamDefinition stream, PublishRequest request, Guid id, string format)
    {
        List<KeyValuePair<string, byte[]>> headers = [new("_id", id.ToByteArray(bigEndian: true))];
        if (SenderOf(stream) is { } sender)
        {
            headers.Add(new("_sender", Encoding.UTF8.GetBytes(sender)));
        }

        headers.Add(new("_format", Encoding.UTF8.GetBytes(format)));
        if (request.IsTest)
        {
            headers.Add(new("_test", "true"u8.ToArray()));
        }

        return new() { Value = request.Content.ToArray(), Headers = headers };
    }

    /// <summary>The name of the credential, as readers expect it; a broker without logins knows none.</summary>
    private static string? SenderOf(StreamDefinition stream) =>
        stream.Settings.Client.GetValueOrDefault("sasl.username") ?? stream.Settings.Client.GetValueOrDefault("sasl.oauthbearer.client.id");

    [LoggerMessage(Level = LogLevel.Information, Message = "{Caller} published {MessageId} to {Topic}/{Partition} at {Offset} of {Stream}")]
    private static partial void LogPublished(ILogger log, string topic, int partition, long offset, string stream, Guid messageId, string caller);
}
