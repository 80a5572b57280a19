using System.Data.Common;
using System.Globalization;
using System.Runtime.InteropServices;
using TomOrleans.Storage.Dialects;
using TomOrleans.Storage.Photometry;
using TomOrleans.Storage.Sharing;
using TomOrleans.Storage.Sharing.Continuous;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Storage.Spectra;

/// <summary>Spectra of targets.</summary>
public sealed class SpectrumTable(TomDatabase database, GroupCommitWriter writer)
{
    private const int MaxText = 400;

    private const string Head = """
        id, identity, content, time_us, time_form, time_text, wavelength_unit, flux_unit, telescope, instrument, setup, exposure_s, origin, observer, reducer, comments,
        source, source_offset, message_id, sender, source_us, length, first_wavelength, last_wavelength, retracted
        """;

    private const string Full = $"{Head}, wavelength, flux, flux_error";

    /// <summary>The target and those that were merged into it: their spectra stay where they are and are read as its own, so that a merge can be undone.</summary>
    private const string Family = """
        WITH RECURSIVE family (id) AS (SELECT CAST(@target AS bigint) UNION SELECT t.id FROM target t JOIN family f ON t.merged_into = f.id)
        """;

    /// <summary>
    /// Stores the spectra that are new; one fate and id a row, in order; durable when it returns, safe to repeat. Throws <see cref="UnknownTargetException"/>, and <see cref="StorageException"/> for a
    /// row that cannot be kept (then none of them is).
    /// </summary>
    public async Task<IReadOnlyList<(RowFate Fate, long Id)>> AppendAsync(long targetId, IReadOnlyList<SpectrumRow> rows)
    {
        foreach (var row in rows)
            Check(row);
        var stored = await writer.RunAsync(async context =>
        {
            // Locks in the writer's order: the target comes first.
            if (!await context.Sql($"SELECT t.id FROM target t WHERE t.id = @id AND t.gone_us IS NULL {database.Dialect.ForUpdate("t")}").With("id", targetId).AnyAsync())
                throw new UnknownTargetException(targetId);
            var fates = new List<(RowFate Fate, long Id)>(rows.Count);
            foreach (var row in rows)
                fates.Add(await AppendAsync(context, targetId, row));
            var ordered = await ContinuousStatements.NoteAsync(context, targetId, [.. rows.Where((row, i) => fates[i].Fate is not (RowFate.Known or RowFate.Withheld) && !row.IsRetracted).Select(row => new PointKey(targetId, row.Identity, row.Content))]);
            return (Fates: fates, IsOrdered: ordered);
        });
        if (stored.IsOrdered)
            writer.TellOrdered();
        return stored.Fates;
    }

    /// <summary>All spectra of a target by time, without their numbers.</summary>
    public Task<IReadOnlyList<SpectrumRow>> ListAsync(long targetId, CancellationToken cancellation = default) => database.ReadAsync(async reader =>
        (IReadOnlyList<SpectrumRow>)[.. (await reader.Sql($"{Family} SELECT {Head} FROM spectrum WHERE target_id IN (SELECT id FROM family) ORDER BY time_us, id")
            .With("target", targetId).ListAsync(ReadHead, cancellation)).DistinctBy(row => (row.Identity, row.Content))], cancellation);

    /// <summary>Those of all targets, without their numbers: by the targets' names, of one target newest first; and how many there are.</summary>
    public Task<(long Total, IReadOnlyList<(long Target, SpectrumRow Row)> Rows)> ListAllAsync(string? origin, int offset, int limit, CancellationToken cancellation = default)
    {
        // What several of a family hold counts once, as for one target.
        var all = $"""
            WITH RECURSIVE up (member, root) AS (
                SELECT target_id, target_id FROM (SELECT DISTINCT target_id FROM spectrum) s
                UNION SELECT u.member, t.merged_into FROM up u JOIN target t ON t.id = u.root WHERE t.merged_into IS NOT NULL),
            living (member, root, root_name) AS (SELECT u.member, u.root, t.name FROM up u JOIN target t ON t.id = u.root WHERE t.gone_us IS NULL),
            listed AS (
                SELECT {Head}, root, root_name, row_number() OVER (PARTITION BY root, identity, content ORDER BY time_us, id) AS copy
                FROM spectrum JOIN living ON member = target_id{(origin is null ? "" : " WHERE origin = @origin")})
            """;
        Sql With(Sql sql) => origin is null ? sql : sql.With("origin", origin);
        return database.ReadAsync(async reader =>
        {
            var total = await With(reader.Sql($"{all} SELECT count(*) FROM listed WHERE copy = 1")).FirstAsync(r => r.GetInt64(0), cancellation);
            var rows = await With(reader.Sql($"{all} SELECT {Head}, root FROM listed WHERE copy = 1 ORDER BY root_name, root, time_us DESC, id LIMIT @limit OFFSET @offset"))
                .With("limit", limit).With("offset", offset).ListAsync(r => (r.GetInt64(25), ReadHead(r)), cancellation);
            return (total, (IReadOnlyList<(long, SpectrumRow)>)rows);
        }, cancellation);
    }

    /// <summary>All revisions of some spectra of a target, with their numbers.</summary>
    public Task<IReadOnlyList<SpectrumRow>> ReadAsync(long targetId, IReadOnlyCollection<long> identities, CancellationToken cancellation = default) => database.ReadAsync(async reader =>
        (IReadOnlyList<SpectrumRow>)[.. (await reader.Sql($"{Family} SELECT {Full} FROM spectrum WHERE target_id IN (SELECT id FROM family) AND {database.Dialect.In("identity", "@identities")} ORDER BY time_us, id")
            .With("target", targetId).With("identities", identities.ToArray()).ListAsync(ReadFull, cancellation)).DistinctBy(row => (row.Identity, row.Content))], cancellation);

    /// <summary>A spectrum of a target with its numbers; null when it has none of that id.</summary>
    public Task<SpectrumRow?> FindAsync(long targetId, long id, CancellationToken cancellation = default) => database.ReadAsync(reader =>
        reader.Sql($"{Family} SELECT {Full} FROM spectrum WHERE target_id IN (SELECT id FROM family) AND id = @id").With("target", targetId).With("id", id)
            .FirstAsync(ReadFull, cancellation), cancellation);

    /// <summary>The spectra of these targets, and of those that were merged into them, that came with the message at this place, by target and time; without their numbers.</summary>
    public Task<IReadOnlyList<(long TargetId, SpectrumRow Row)>> ReadOfMessageAsync(
        IReadOnlyCollection<long> targetIds, string stream, string topic, int partition, long offset, CancellationToken cancellation = default) => database.ReadAsync(async reader =>
        (IReadOnlyList<(long, SpectrumRow)>)[.. (await reader.Sql($"""
            WITH RECURSIVE family (member, root) AS (
                SELECT id, id FROM target WHERE {database.Dialect.In("id", "@ids")} UNION SELECT t.id, f.root FROM target t JOIN family f ON t.merged_into = f.member)
            SELECT {Head}, root FROM spectrum JOIN family ON target_id = member WHERE source = @source AND source_offset = @offset ORDER BY root, time_us, id
            """)
            .With("ids", targetIds.ToArray()).With("offset", (long?)offset).With("source", PlaceOf(stream, topic, partition))
            .ListAsync(r => (r.GetInt64(25), ReadHead(r)), cancellation)).DistinctBy(found => (found.Item1, found.Item2.Identity, found.Item2.Content))], cancellation);

    private static string PlaceOf(string stream, string topic, int partition) => string.Create(CultureInfo.InvariantCulture, $"{stream}/{topic}/{partition}");

    private static async Task<(RowFate, long)> AppendAsync(DbTransactionContext context, long targetId, SpectrumRow row)
    {
        var stored = await context.Sql($"{Family} SELECT id, content, sender FROM spectrum WHERE target_id IN (SELECT id FROM family) AND identity = @identity")
            .With("target", targetId).With("identity", row.Identity).ListAsync(r => (Id: r.GetInt64(0), Content: r.GetInt64(1), Sender: r.Text(2)));
        if (stored.FirstOrDefault(known => known.Content == row.Content) is { Id: > 0 } known)
            return (RowFate.Known, known.Id);

        // It may come back in other words: units that somebody could not send as they were.
        if (row.IsSecondHand && stored.Count > 0 && !stored.Exists(other => other.Sender is { } sender && sender == row.Source?.Sender))
            return (RowFate.Withheld, stored[0].Id);
        var sql = context.Sql("""
            INSERT INTO spectrum (target_id, identity, content, time_us, time_form, time_text, wavelength_unit, flux_unit, telescope, instrument, setup, exposure_s, origin, observer, reducer, comments,
                source, source_offset, message_id, sender, source_us, length, first_wavelength, last_wavelength, wavelength, flux, flux_error, retracted)
            VALUES (@target, @identity, @content, @time, @form, @text, @wunit, @funit, @telescope, @instrument, @setup, @exposure, @origin, @observer, @reducer, @comments,
                @source, @offset, @message, @sender, @stated, @length, @first, @last, @wavelength, @flux, @error, @retracted)
            RETURNING id
            """)
            .With("target", targetId).With("identity", row.Identity).With("content", row.Content)
            .With("time", row.TimeMicroseconds).With("form", row.TimeForm).With("text", row.TimeText)
            .With("wunit", row.WavelengthUnit).With("funit", row.FluxUnit).With("telescope", row.Telescope).With("instrument", row.Instrument).With("setup", row.Setup)
            .With("exposure", row.ExposureSeconds).With("origin", row.Origin).With("observer", row.Observer).With("reducer", row.Reducer).With("comments", row.Comments)
            .With("source", row.Source is { } place ? PlaceOf(place.Stream, place.Topic, place.Partition) : null)
            .With("offset", row.Source?.Offset).With("message", row.Source?.MessageId).With("sender", row.Source?.Sender).With("stated", row.Source?.TimeMicroseconds)
            .With("retracted", row.IsRetracted).With("length", row.Length).With("first", row.FirstWavelength).With("last", row.LastWavelength)
            .With("wavelength", Bytes(row.Wavelength)).With("flux", Bytes(row.Flux)).With("error", row.FluxError.Length == 0 ? null : Bytes(row.FluxError));
        return (stored.Count > 0 ? RowFate.Revision : RowFate.New, await sql.FirstAsync(r => r.GetInt64(0)));
    }

    private static void Check(SpectrumRow row)
    {
        if (row.Wavelength.Length > SpectrumRow.MostPixels)
            throw new StorageException($"The spectrum has {row.Wavelength.Length} wavelengths; at most {SpectrumRow.MostPixels} are kept.");
        foreach (var (what, text) in (ReadOnlySpan<(string, string?)>)
        [
            ("time", row.TimeText), ("wavelength unit", row.WavelengthUnit), ("flux unit", row.FluxUnit), ("telescope", row.Telescope), ("instrument", row.Instrument), ("setup", row.Setup),
            ("origin", row.Origin), ("observer", row.Observer), ("reducer", row.Reducer), ("sender", row.Source?.Sender),
        ])
        {
            StorableText.Check(what, text, MaxText);
        }

        StorableText.Check("comment", row.Comments, PhotometryRow.MostComment);
    }

    private SpectrumRow ReadHead(DbDataReader r) => new()
    {
        Id = r.GetInt64(0),
        Identity = r.GetInt64(1),
        Content = r.GetInt64(2),
        TimeMicroseconds = r.GetInt64(3),
        TimeForm = r.GetInt32(4),
        TimeText = r.Text(5),
        WavelengthUnit = r.Text(6),
        FluxUnit = r.Text(7),
        Telescope = r.Text(8),
        Instrument = r.Text(9),
        Setup = r.Text(10),
        ExposureSeconds = r.Double(11),
        Origin = r.GetString(12),
        Observer = r.Text(13),
        Reducer = r.Text(14),
        Comments = r.Text(15),
        Source = r.IsDBNull(16) ? null : SourceOf(r),
        Length = r.GetInt32(21),
        FirstWavelength = r.Double(22),
        LastWavelength = r.Double(23),
        IsRetracted = r.GetBoolean(24),
    };

    private SpectrumRow ReadFull(DbDataReader r) => ReadHead(r) with { Wavelength = Numbers(r, 25), Flux = Numbers(r, 26), FluxError = Numbers(r, 27) };

    private MessageSource SourceOf(DbDataReader r)
    {
        var text = r.GetString(16);
        int first = text.IndexOf('/', StringComparison.Ordinal), last = text.LastIndexOf('/');
        return new(
            text[..first],
            text[(first + 1)..last],
            int.Parse(text.AsSpan(last + 1), CultureInfo.InvariantCulture),
            r.GetInt64(17),
            r.IsDBNull(18) ? null : database.Dialect.ReadGuid(r, 18),
            r.Text(19),
            r.GetInt64(20));
    }

    // Every system this runs on is little-endian; BitConverter says so at the first write.
    private static byte[] Bytes(double[] numbers) => BitConverter.IsLittleEndian ? MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray() : throw new PlatformNotSupportedException();

    private static double[] Numbers(DbDataReader r, int ordinal) => r.Bytes(ordinal) is { } bytes ? MemoryMarshal.Cast<byte, double>(bytes).ToArray() : [];
}
