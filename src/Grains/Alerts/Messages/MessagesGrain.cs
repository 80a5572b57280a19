using System.Globalization;
using Orleans.Concurrency;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Decoding.Reading;
using TomOrleans.Storage.Messages;

namespace TomOrleans.Grains.Alerts.Messages;

[GrainType("messages"), StatelessWorker]
public sealed class MessagesGrain(MessageTable messages, MessageFates fates, StreamCatalog catalog) : Grain, IMessagesGrain
{
    private const int MostPerPage = 1_000;

    public async Task<MessagePage> ListAsync(MessageQuery query)
    {
        var (stream, topic) = TopicChoice.Of(query.Topic);
        var rows = await messages.ListAsync(new(stream, topic, query.SinceMicroseconds, query.After, Math.Clamp(query.Limit, 0, MostPerPage), query.Before));
        return new([.. rows.Select(row => KeptMessages.ToContract(row, KeptMessages.Decode(row)))], Keeps(stream, topic));
    }

    public async Task<MessageDetail> GetAsync(string id)
    {
        var row = await FindAsync(id)
            ?? throw new TomException(TomFault.NotFound, $"The log has no message {OneLine.Of(id)}: its topic has no ARCHIVE, or it is gone after its time; tom messages lists what there is.");
        var alert = KeptMessages.Decode(row);
        var (points, spectra) = await fates.CausedByAsync(alert);
        return new()
        {
            Message = KeptMessages.ToContract(row, alert),
            Headers = HeaderBytes.Readable(alert.Headers),
            Key = alert.Key.IsEmpty ? null : HeaderBytes.TextOf(alert.Key.Span),
            Value = alert.Value,
            Text = alert.Value.IsEmpty ? null : ReadableText.Of(alert),
            Report = alert.Report,
            Fault = alert.Fault,
            Fates = await fates.OfAsync(alert.Location),
            Points = points,
            Spectra = spectra,
            SkyEvents = await fates.SkyEventsOfAsync(alert.Location),
        };
    }

    private Task<KeptRow?> FindAsync(string id) => id.Split('/') switch
    {
        [var stream, var topic, var partition, var offset] when !id.Contains('\0', StringComparison.Ordinal) && IsNumber(partition, out var p) && p <= int.MaxValue && IsNumber(offset, out var o) =>
            messages.FindAsync(stream, topic, (int)p, o),
        [var only] when Guid.TryParse(only, out var guid) => messages.FindAsync(guid),
        _ => throw new TomException(TomFault.Invalid, $"'{OneLine.Of(id)}' names no message: give stream/topic/partition/offset, or the message's own id (a UUID)."),
    };

    private bool Keeps(string? stream, string? topic) => catalog.Streams.Where(known => stream is null || known.Id == stream)
        .Any(known => (topic is null ? known.Bindings : catalog.Find(new TopicName(known.Id, topic)) is { } binding ? [binding] : [])
            .Any(binding => binding.Handlers.Any(handler => handler.Name == MessageKeeper.Name)));

    private static bool IsNumber(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
