using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using TomOrleans.Alerts;
using TomOrleans.Grains.Sharing.Hermes;
using TomOrleans.Streams.Kafka;

namespace TomOrleans.Grains.Sharing.Kafka;

/// <summary>
/// A Kafka broker as a destination: the message that Hermes would publish is published without Hermes, with hop-client's headers. Its <c>_id</c> is the submission's key, so whether it is there
/// can be seen from the topic itself.
/// </summary>
internal sealed class KafkaDestination(DestinationOptions options, string tomName, TimeProvider time) : IPhotometryDestination, IDisposable
{
    private const string IdHeader = "_id";

    /// <summary>The producer gives up after 30 s; what it handed to the broker before that stands in the topic soon after.</summary>
    private static readonly TimeSpan Appearing = TimeSpan.FromSeconds(45);

    /// <summary>Clocks of ours and of the broker differ.</summary>
    private static readonly TimeSpan ClockMargin = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan PauseWhileUnread = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LongestUnread = TimeSpan.FromDays(1);

    private readonly KafkaProducer _producer = new(options, time);

    public DestinationOptions Options => options;

    private string? Account => options.Client.GetValueOrDefault("sasl.username") ?? options.Client.GetValueOrDefault("sasl.oauthbearer.client.id");

    /// <summary>hop-client tells the account; a broker without logins knows none, but readers must be able to tell one TOM's values from another's.</summary>
    private string Sender => Account ?? tomName;

    public string? Refuse(ShareContent content) => HermesMessage.Refuse(content);

    public SubmissionPlan Build(ShareContent content, Func<Guid> newKey) => HermesMessage.Build(content, newKey, options.DialectOf(content.Topic));

    public async Task<SendOutcome> SendAsync(ReadOnlyMemory<byte> body)
    {
        var envelope = KafkaEnvelope.Read(body);
        try
        {
            if (!await _producer.HasTopicAsync(envelope.Topic))
            {
                return new SendOutcome.Refused($"{options.Name} has no topic '{envelope.Topic}' that its account may see; none is made by publishing.");
            }

            var receipt = await _producer.PublishAsync(envelope.Topic, Record(envelope, body));
            return new SendOutcome.Delivered(Receipt(receipt, envelope.Key));
        }
        catch (StreamPublishException fault)
        {
            return fault.IsRefused ? new SendOutcome.Refused(OneLine.Of(fault.Message), IsOfAccount: fault.Message.Contains("uthoriz", StringComparison.Ordinal))
                : fault.IsAmbiguous ? new SendOutcome.Ambiguous($"{OneLine.Of(fault.Message)}: the broker may have it all the same")
                : new SendOutcome.Retry(OneLine.Of(fault.Message));
        }
        catch (StreamUnavailableException fault)
        {
            return new SendOutcome.Retry($"{options.Name} cannot be reached: {OneLine.Of(fault.Message)}");
        }
        catch (StreamConfigurationException fault)
        {
            return new SendOutcome.Refused(OneLine.Of(fault.Message), IsOfAccount: true);
        }
    }

    public async Task<LookUp> FindAsync(SubmissionInDoubt submission)
    {
        var topic = submission.Topic ?? KafkaEnvelope.Read(submission.Body).Topic;
        var age = time.GetUtcNow() - submission.LastSent;
        var from = submission.FirstSent - ClockMargin;
        using var deadline = new CancellationTokenSource(options.SendTimeout, time);
        try
        {
            var search = new RecordSearch(options.Client, $"{(Account is { } user ? $"{user}-" : "")}tom-orleans-look-up", options.IsEmbedded);
            return await search.FindAsync(topic, IdHeader, submission.Key.ToByteArray(bigEndian: true), from, deadline.Token) is { } found ? new LookUp.Found(Receipt(found, submission.Key))
                : age < Appearing ? new LookUp.NotYet($"no certain answer: it may still appear on {topic}, and is looked for", Appearing - age)
                : new LookUp.Absent($"{topic} was read from {from:HH:mm:ss} UTC to its end without it");
        }
        catch (Exception fault) when (fault is StreamUnavailableException or StreamConfigurationException)
        {
            var reason = $"no certain answer, and {topic} cannot be read: {OneLine.Of(fault.Message)}";
            return age < LongestUnread ? new LookUp.NotYet(reason, PauseWhileUnread) : new LookUp.Never(reason);
        }
    }

    public async Task<string?> ProbeAsync()
    {
        try
        {
            await _producer.HasTopicAsync("");
            return null;
        }
        catch (Exception fault) when (fault is StreamUnavailableException or StreamConfigurationException)
        {
            return OneLine.Of(fault.Message);
        }
    }

    public Task<string?> GetSenderAsync() => Task.FromResult<string?>(Sender);

    public Task<ImmutableArray<string>> GetWritableTopicsAsync(CancellationToken cancellationToken) => Task.FromResult(ImmutableArray<string>.Empty);

    public void Dispose() => _producer.Dispose();

    public string ReceiptOf(Guid messageId, MessageLocation place) => Receipt(place.Topic, place.Partition, place.Offset, messageId);

    public string? KnowsNoWithdrawal =>
        $"{options.Name} is a Kafka broker, which knows no withdrawal: the readers of the topic must be told, and where Hermes archives it the message can be withdrawn there.";

    private static string Receipt(StreamReceipt receipt, Guid id) => Receipt(receipt.Partition.Topic, receipt.Partition.Partition, receipt.Offset, id);

    private static string Receipt(string topic, int partition, long offset, Guid id) => string.Create(CultureInfo.InvariantCulture, $"{topic}, partition {partition}, offset {offset}, id {id:D}");

    private OutgoingRecord Record(KafkaEnvelope envelope, ReadOnlyMemory<byte> body)
    {
        // The last two are those that Hermes adds.
        KeyValuePair<string, byte[]>[] headers =
        [
            new(IdHeader, envelope.Key.ToByteArray(bigEndian: true)),
            new("_sender", Encoding.UTF8.GetBytes(Sender)),
            new("_format", "json"u8.ToArray()),
            new("topic", Encoding.UTF8.GetBytes(envelope.Topic)),
            new("title", Encoding.UTF8.GetBytes(envelope.Title)),
        ];
        return new() { Key = envelope.Target is { } target ? Encoding.UTF8.GetBytes(target) : null, Value = body.ToArray(), Headers = headers };
    }
}
