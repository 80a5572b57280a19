using Microsoft.Extensions.Logging;
using TomOrleans.Grains.Events;
using TomOrleans.Sharing;
using TomOrleans.Storage.Photometry;
using TomOrleans.Storage.Sharing.Retractions;

namespace TomOrleans.Grains.Sharing.Retractions;

/// <summary>
/// Asks the archives and notes what is new. Asking runs beside the grain's calls, as an archive may be slow; what was noted is never noted again, so whoever is cut off in the middle goes on
/// with the next look.
/// </summary>
[GrainType("retractions")]
public sealed partial class RetractionsGrain(
    DestinationCatalog catalog, RetractionTable table, EventQueue events, IServiceProvider services, TimeProvider time, ILogger<RetractionsGrain> log) : Grain, IRetractionsGrain
{
    /// <summary>Between two looks: a withdrawal is known within it, and the archive is a public service.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(10);

    /// <summary>So long after it was noted a message is marked again: a silo that did not know yet of the withdrawal may have stored what it brought.</summary>
    private static readonly TimeSpan Afterwards = TimeSpan.FromHours(1);

    private const int MostPerPage = 1_000;

    private Task _looking = Task.CompletedTask;
    private long? _looked;

    public Task<RetractionPage> ListAsync(int limit, int offset) => OutboxFaults.TranslateAsync(async () =>
    {
        var (total, rows) = await table.ListAsync(Math.Clamp(limit, 0, MostPerPage), Math.Max(0, offset));
        return new RetractionPage(total, [.. rows.Select(Of)]);
    });

    public Task LookAsync()
    {
        if (_looking.IsCompleted && (_looked is not { } before || time.GetElapsedTime(before) >= Period))
        {
            _looked = time.GetTimestamp();
            _looking = LookAtAllAsync();
        }

        return Task.CompletedTask;
    }

    /// <summary>Throws nothing.</summary>
    private async Task LookAtAllAsync()
    {
        // Whoever woke us is not who the work is done for.
        RequestContext.Clear();
        foreach (var destination in catalog.All.Where(destination => destination.Options.RetractionDays > 0))
        {
            try
            {
                await LookAtAsync(destination);
            }
            catch (Exception fault)
            {
                LogNotLooked(destination.Options.Name, fault.Message, Period);
            }
        }
    }

    private async Task LookAtAsync(IPhotometryDestination destination)
    {
        var topics = services.GetService(typeof(IHeardTopics)) is IHeardTopics heard ? await heard.ReadAsync() : [];
        if (topics.Count == 0)
        {
            return;
        }

        var found = await destination.GetRetractedAsync(topics, time.GetUtcNow() - TimeSpan.FromDays(destination.Options.RetractionDays));
        var noted = await table.NotedAsync();
        var recently = Clock.Microseconds(time) - (long)Afterwards.TotalMicroseconds;
        foreach (var message in found.DistinctBy(message => message.Id))
        {
            if (!noted.TryGetValue(message.Id, out var at))
            {
                await NoteAsync(destination.Options.Name, message);
            }
            else if (at >= recently)
            {
                Tell(message, await table.MarkAgainAsync(message.Id, await TargetsAsync(message)));
            }
        }
    }

    private async Task NoteAsync(string destination, RetractedMessage message)
    {
        var targets = await TargetsAsync(message);
        Tell(message, await table.NoteAsync(new(message.Id, destination, message.Topic, message.Title, message.Sender, message.SubmissionKey), targets, Clock.Microseconds(time)));
    }

    private async Task<List<long>> TargetsAsync(RetractedMessage message)
    {
        var targets = message.Targets.IsEmpty ? [] : await GrainFactory.TargetDirectory().ResolveAsync(message.Targets);
        return [.. targets.Select(match => match.Id).OfType<long>().Distinct()];
    }

    private void Tell(RetractedMessage message, NotedRetraction? marked)
    {
        if (marked is not { } noted)
        {
            return;
        }

        foreach (var target in noted.Points.Concat(noted.Spectra).GroupBy(target => target))
        {
            events.TargetChanged(target.Key, [.. target.Select(_ => RowFate.Revision)]);
        }

        LogNoted(message.Id, message.Topic, OneLine.Of(message.Sender ?? "somebody"), noted.Points.Count, noted.Spectra.Count, noted.Shares);
    }

    private static Retraction Of(RetractionRow row) => new()
    {
        MessageId = row.MessageId,
        FoundMicroseconds = row.FoundMicroseconds,
        Destination = row.Destination,
        Topic = row.Topic,
        Title = row.Title,
        Sender = row.Sender,
        Points = row.Points,
        Spectra = row.Spectra,
        Shares = [.. row.Shares.Select(share => new PassedOn(share.Id, share.Destination, share.Topic, share.IsOpen))],
    };

    [LoggerMessage(Level = LogLevel.Information, Message = "Message {MessageId} on {Topic} was withdrawn by {Sender}: {Points} points and {Spectra} spectra marked, which {Shares} shares had passed on")]
    private partial void LogNoted(Guid messageId, string topic, string sender, int points, int spectra, int shares);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What was withdrawn is not known just now, as the archive of {Destination} does not tell; asked again in {Pause}: {Error}")]
    private partial void LogNotLooked(string destination, string error, TimeSpan pause);
}
