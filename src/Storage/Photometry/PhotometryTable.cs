using System.Data.Common;
using System.Globalization;
using TomOrleans.Storage.Dialects;
using TomOrleans.Storage.Terms;

namespace TomOrleans.Storage.Photometry;

/// <summary>Reads points. They are written by <see cref="Writing.GroupCommitWriter.AppendPhotometryAsync"/>.</summary>
public sealed class PhotometryTable(TomDatabase database)
{
    /// <summary>All rows of a target, all revisions, by time. Of each identity the last by <see cref="ShownOrder"/> that is not retracted is shown.</summary>
    public Task<IReadOnlyList<PhotometryRow>> ReadAsync(long targetId, CancellationToken cancellation = default) => database.ReadAsync(async reader =>
    {
        var rows = await reader.Sql($"SELECT {PhotometryText.Columns} FROM photometry WHERE target_id = @id ORDER BY time_us, identity, content")
            .With("id", targetId).ListAsync(Read, cancellation);
        return (IReadOnlyList<PhotometryRow>)(await WithTextsAsync(rows, reader)).Select(row => row.Row).ToArray();
    }, cancellation);

    /// <summary>
    /// All rows of a target, all revisions, with what a light curve needs: of 100,000 rows in a fraction of the time that <see cref="ReadAsync(long, CancellationToken)"/> takes, as no row is put in order
    /// or becomes an object of its own.
    /// </summary>
    public Task<BriefPhotometry> ReadBriefAsync(long targetId, CancellationToken cancellation = default) => database.ReadAsync(async reader =>
    {
        var rows = await reader.Sql($"SELECT {PhotometryText.BriefColumns} FROM photometry WHERE target_id = @id").With("id", targetId).ListAsync(ReadBrief, cancellation);
        var terms = new HashSet<int>();
        foreach (var row in rows)
        {
            terms.Add(row.Band);
            terms.Add(row.Origin);
            if (row.Telescope != 0)
                terms.Add(row.Telescope);
        }

        return new BriefPhotometry([.. rows], await database.Terms.TextsAsync(terms, reader));
    }, cancellation);

    /// <summary>All rows of these measurements of a target, all revisions, in no particular order. Costs what is asked for, however many rows the target has.</summary>
    public Task<IReadOnlyList<PhotometryRow>> ReadAsync(long targetId, IEnumerable<long> identities, CancellationToken cancellation = default) => database.ReadAsync(async reader =>
    {
        var rows = await reader.Sql($"SELECT {PhotometryText.Columns} FROM photometry WHERE target_id = @id AND {database.Dialect.In("identity", "@identities")}")
            .With("id", targetId).With("identities", identities.Distinct().ToArray()).ListAsync(Read, cancellation);
        return (IReadOnlyList<PhotometryRow>)(await WithTextsAsync(rows, reader)).Select(row => row.Row).ToArray();
    }, cancellation);

    /// <summary>The shown row with the latest light of each of these targets; those without points are absent.</summary>
    public Task<IReadOnlyDictionary<long, PhotometryRow>> LatestAsync(IReadOnlyCollection<long> targetIds, CancellationToken cancellation = default) =>
        database.ReadAsync(async reader =>
        {
            var columns = string.Join(", ", PhotometryText.Columns.Split(',', StringSplitOptions.TrimEntries).Select(column => "p." + column));
            var rows = await reader.Sql(database.Dialect.LatestPoints(columns)).With("ids", targetIds.Distinct().ToArray()).ListAsync(Read, cancellation);
            return (IReadOnlyDictionary<long, PhotometryRow>)(await WithTextsAsync(rows, reader)).ToDictionary(row => row.TargetId, row => row.Row);
        }, cancellation);

    /// <summary>The rows of these targets whose message stood at this place, by target and time.</summary>
    public Task<IReadOnlyList<(long TargetId, PhotometryRow Row)>> ReadOfMessageAsync(
        IReadOnlyCollection<long> targetIds, string stream, string topic, int partition, long offset, CancellationToken cancellation = default) => database.ReadAsync(async reader =>
    {
        var rows = await reader.Sql($"""
            SELECT {PhotometryText.Columns} FROM photometry
            WHERE {database.Dialect.In("target_id", "@ids")} AND source_offset = @offset AND source = (SELECT id FROM term WHERE kind = @kind AND text = @source)
            ORDER BY target_id, time_us, identity, content
            """)
            .With("ids", targetIds.ToArray()).With("offset", offset).With("kind", (int)TermKind.Source)
            .With("source", string.Create(CultureInfo.InvariantCulture, $"{stream}/{topic}/{partition}")).ListAsync(Read, cancellation);
        return (IReadOnlyList<(long, PhotometryRow)>)[.. await WithTextsAsync(rows, reader)];
    }, cancellation);

    private async Task<IEnumerable<(long TargetId, PhotometryRow Row)>> WithTextsAsync(List<NumberedRow> rows, TomReader reader)
    {
        var texts = await database.Terms.TextsAsync(rows.SelectMany(static row => row.Terms), reader);

        // Many points come from few sources: these are taken apart once.
        var places = rows.Where(row => row.Source is not null).Select(row => row.Source!.Source).Distinct().ToDictionary(id => id, id => PlaceOf(texts[id]));
        return rows.Select(row => (row.TargetId, row.Row with
        {
            Bandpass = texts[row.Band],
            Origin = texts[row.Origin],
            Telescope = row.Telescope is { } telescope ? texts[telescope] : null,
            Instrument = row.Instrument is { } instrument ? texts[instrument] : null,
            Source = row.Source is { } source ? SourceOf(source, places[source.Source], texts) : null,
        }));
    }

    private static MessageSource SourceOf(StoredSource source, (string Stream, string Topic, int Partition) place, IReadOnlyDictionary<int, string> texts) => new(
        place.Stream,
        place.Topic,
        place.Partition,
        source.Offset,
        source.MessageId,
        source.Sender is { } sender ? texts[sender] : null,
        source.TimeMicroseconds);

    /// <summary>Reads <c>stream/topic/partition</c>; neither name can hold a slash.</summary>
    private static (string Stream, string Topic, int Partition) PlaceOf(string text)
    {
        int first = text.IndexOf('/', StringComparison.Ordinal), last = text.LastIndexOf('/');
        return (text[..first], text[(first + 1)..last], int.Parse(text.AsSpan(last + 1), CultureInfo.InvariantCulture));
    }

    private static BriefPoint ReadBrief(DbDataReader r) => new(
        r.GetInt64(0), r.GetInt64(1), r.GetInt64(2), r.GetInt32(3), r.Int(4) ?? 0, r.GetInt32(5), r.Double(6) ?? double.NaN, r.Double(7) ?? double.NaN, r.Double(8) ?? double.NaN,
        r.GetInt32(9), r.GetInt32(10), r.GetBoolean(11), r.Long(12) ?? long.MinValue, r.Long(13) ?? long.MinValue);

    private NumberedRow Read(DbDataReader r)
    {
        var row = new PhotometryRow
        {
            Identity = r.GetInt64(1),
            Content = r.GetInt64(2),
            TimeMicroseconds = r.GetInt64(3),
            TimeForm = r.GetInt32(4),
            TimeText = r.Text(5),
            Bandpass = "",
            Value = r.Double(9),
            Error = r.Double(10),
            Unit = r.GetInt32(11),
            Limit = r.Double(12),
            LimitUnit = r.GetInt32(14),
            ExposureSeconds = r.Double(15),
            Origin = "",
            MeasurementId = r.Text(17),
            IsRetracted = r.GetBoolean(18),
            Aside = RowAside.Of(r.Double(13), r.Double(24), r.Text(25), r.Text(26)),
        };
        var source = r.IsDBNull(19) ? null : new StoredSource(
            r.GetInt32(19), r.GetInt64(20), r.IsDBNull(21) ? null : database.Dialect.ReadGuid(r, 21), r.Int(22), r.GetInt64(23));
        return new(r.GetInt64(0), row, r.GetInt32(6), r.Int(7), r.Int(8), r.GetInt32(16), source);
    }

    /// <summary>A row whose texts are still numbers.</summary>
    private sealed record NumberedRow(long TargetId, PhotometryRow Row, int Band, int? Telescope, int? Instrument, int Origin, StoredSource? Source)
    {
        public IEnumerable<int> Terms
        {
            get
            {
                yield return Band;
                yield return Origin;
                if (Telescope is { } telescope)
                    yield return telescope;
                if (Instrument is { } instrument)
                    yield return instrument;
                if (Source is null)
                    yield break;
                yield return Source.Source;
                if (Source.Sender is { } sender)
                    yield return sender;
            }
        }
    }
}
