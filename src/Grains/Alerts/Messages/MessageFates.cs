using System.Collections.Immutable;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Parked;
using TomOrleans.Grains.Alerts.Replays;
using TomOrleans.Grains.Targets;
using TomOrleans.Grains.Targets.Spectra;
using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Parked;
using TomOrleans.Storage.Photometry;
using TomOrleans.Storage.SkyEvents;
using TomOrleans.Storage.Spectra;
using TomOrleans.Storage.Targets;

namespace TomOrleans.Grains.Alerts.Messages;

/// <summary>What became of a message: with each handler, by cursors and parked rows, and the points, spectra and events that came of it.</summary>
public sealed class MessageFates(
    StreamCatalog catalog, CursorTable cursors, ParkedTable parked, TargetTable targets, PhotometryTable photometry, SpectrumTable spectra, TargetResolver resolver, SkyEventTable skyEvents)
{
    public async Task<ImmutableArray<MessageFate>> OfAsync(MessageLocation message)
    {
        var topic = new TopicName(message.Stream, message.Topic);
        var configured = catalog.Find(topic)?.Handlers.Select(handler => handler.Id).ToArray() ?? [];
        var rows = (await cursors.ReadAsync(message.Stream, message.Topic)).Where(row => row.Key.Partition == message.Partition).ToDictionary(row => row.Key.Handler);
        var aside = (await parked.FindAsync(message.Stream, message.Topic, message.Partition, message.Offset)).ToLookup(row => row.Handler.Handler);
        return [.. configured.Concat(rows.Keys.Where(handler => !ReplayNames.IsReplay(handler) || aside.Contains(handler)).Order(StringComparer.Ordinal)).Distinct()
            .SelectMany(handler => Of(handler, message.Offset, rows.GetValueOrDefault(handler), aside[handler]))];
    }

    /// <summary>
    /// The stored points and spectra with this message as their provenance, by target and time. Looked for with the targets that the message names: nothing else finds a message's points
    /// among all there are.
    /// </summary>
    public async Task<(ImmutableArray<CausedPoint> Points, ImmutableArray<CausedSpectrum> Spectra)> CausedByAsync(Alert alert)
    {
        if (alert.Report is not { } report || (report.Points.IsEmpty && report.Spectra.IsEmpty))
        {
            return ([], []);
        }

        var names = report.Points.Select(point => point.TargetName).Concat(report.Spectra.Select(spectrum => spectrum.TargetName)).Concat(report.Targets.Select(target => target.Name))
            .Select(TargetNames.Normalise);
        var ids = (await targets.ResolveAsync(names.Where(name => name.Length > 0).ToHashSet(StringComparer.Ordinal))).Values.ToHashSet();
        foreach (var target in report.Targets)
        {
            if (await resolver.FindByPositionAsync(target) is { } near)
            {
                ids.Add(near);
            }
        }

        var known = (await targets.GetAsync(ids)).ToDictionary(target => target.Id, target => target.Name);
        var (stream, topic, partition, offset) = alert.Location;
        var points = await photometry.ReadOfMessageAsync(ids, stream, topic, partition, offset);
        var found = await spectra.ReadOfMessageAsync(ids, stream, topic, partition, offset);
        return (
            [.. points.Select(row => new CausedPoint(known[row.TargetId], PhotometryRows.ToPoint(row.Row)))],
            [.. found.Select(row => new CausedSpectrum(known[row.TargetId], SpectrumRows.ToHead(row.Row)))]);
    }

    /// <summary>The events that have a version of this message; a message that said what was known already caused none.</summary>
    public async Task<ImmutableArray<CausedSkyEvent>> SkyEventsOfAsync(MessageLocation message) =>
        [.. (await skyEvents.OfMessageAsync(message.Stream, message.Topic, message.Partition, message.Offset)).Select(version => new CausedSkyEvent(version.Key, version.Number))];

    private static MessageFate[] Of(string handler, long offset, CursorRow? cursor, IEnumerable<ParkedRow> aside)
    {
        var fates = aside.Select(row => new MessageFate(handler, ParkedMessages.StateOf(row.State), row.Id, row.Message.Reason)).ToArray();

        // A handler that began later, or was told to read it again, may stand anywhere: what counts is its cursor.
        return fates.Length > 0 ? fates : [new(handler, cursor is not null && cursor.NextOffset > offset ? "done" : "not yet")];
    }
}
