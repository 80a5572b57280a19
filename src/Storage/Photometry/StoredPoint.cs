using System.Collections.Concurrent;
using System.Globalization;
using TomOrleans.Storage.Terms;

namespace TomOrleans.Storage.Photometry;

/// <summary>The identity of a point of a target.</summary>
internal readonly record struct PointIdentity(long TargetId, long Identity);

/// <summary>A value of a time, band and telescope, whoever states it.</summary>
internal readonly record struct PointStatement(long TargetId, long TimeMicroseconds, long Content, int Band, int? Telescope);

/// <summary>What is stored of a value at a time, in whatever band and by whomever: where a <see cref="PointStatement"/> is looked for.</summary>
internal readonly record struct PointMoment(long TargetId, long TimeMicroseconds, long Content);

/// <summary>A <see cref="MessageSource"/> with its texts as numbers.</summary>
internal sealed record StoredSource(int Source, long Offset, Guid? MessageId, int? Sender, long TimeMicroseconds)
{
    /// <summary>Another message: another hop id, or, where neither has one, another place in Kafka.</summary>
    public bool IsOtherThan(StoredSource? stored)
    {
        if (stored is null)
            return true;
        return MessageId is null && stored.MessageId is null ? (Source, Offset) != (stored.Source, stored.Offset) : MessageId != stored.MessageId;
    }

    public bool IsLaterThan(StoredSource? stored) =>
        stored is null || (TimeMicroseconds, Offset).CompareTo((stored.TimeMicroseconds, stored.Offset)) > 0;
}

/// <summary>A row with its texts as numbers, as it goes into the table.</summary>
internal sealed record StoredPoint(long TargetId, PhotometryRow Row, int Band, int? Telescope, int? Instrument, int Origin, StoredSource? Source)
{
    private const int MostSourceTerms = 10_000;

    /// <summary>A text a partition, wanted several times for each row.</summary>
    private static readonly ConcurrentDictionary<(string Stream, string Topic, int Partition), Term> SourceTerms = new();

    /// <summary>Another origin had stated the same: it is more provenance on a point that is there, and nothing to tell others.</summary>
    public bool IsWitness { get; init; }

    public PointIdentity Identity => new(TargetId, Row.Identity);

    /// <summary>What it states: rows of several origins that are equal in this are one measurement.</summary>
    public PointStatement Statement => new(TargetId, Row.TimeMicroseconds, Row.Content, Band, Telescope);

    public static StoredPoint Of(long targetId, PhotometryRow row, IReadOnlyDictionary<Term, int> numbers)
    {
        int? Optional(TermKind kind, string? text) => text is null ? null : numbers[new(kind, text)];
        var source = row.Source is { } s
            ? new StoredSource(numbers[SourceTerm(s)], s.Offset, s.MessageId, Optional(TermKind.Sender, s.Sender), s.TimeMicroseconds)
            : null;
        return new(
            targetId,
            row,
            numbers[new(TermKind.Band, row.Bandpass)],
            Optional(TermKind.Telescope, row.Telescope),
            Optional(TermKind.Instrument, row.Instrument),
            numbers[new(TermKind.Origin, row.Origin)],
            source);
    }

    /// <summary>The terms a row needs numbers for.</summary>
    public static void Collect(PhotometryRow row, HashSet<Term> terms)
    {
        terms.Add(new(TermKind.Band, row.Bandpass));
        terms.Add(new(TermKind.Origin, row.Origin));
        if (row.Telescope is { } telescope)
            terms.Add(new(TermKind.Telescope, telescope));
        if (row.Instrument is { } instrument)
            terms.Add(new(TermKind.Instrument, instrument));
        if (row.Source is not { } source)
            return;
        terms.Add(SourceTerm(source));
        if (source.Sender is { } sender)
            terms.Add(new(TermKind.Sender, sender));
    }

    /// <summary>Throws <see cref="StorageException"/> for a row that cannot be kept.</summary>
    public static void Check(PhotometryRow row)
    {
        TermTable.Check(TermKind.Band, row.Bandpass);
        TermTable.Check(TermKind.Telescope, row.Telescope);
        TermTable.Check(TermKind.Instrument, row.Instrument);
        TermTable.Check(TermKind.Origin, row.Origin);
        TermTable.Check(TermKind.Sender, row.Source?.Sender);
        StorableText.Check("time", row.TimeText, TermTable.MaxLength);
        StorableText.Check("measurement id", row.MeasurementId, TermTable.MaxLength);
        StorableText.Check("observer", row.Aside?.Observer, TermTable.MaxLength);
        StorableText.Check("comment", row.Aside?.Comments, PhotometryRow.MostComment);
        if (row.Source is { } source)
            TermTable.Check(TermKind.Source, SourceTerm(source).Text);
    }

    private static Term SourceTerm(MessageSource source)
    {
        var place = (source.Stream, source.Topic, source.Partition);
        if (SourceTerms.TryGetValue(place, out var known))
            return known;
        if (SourceTerms.Count >= MostSourceTerms)
            SourceTerms.Clear();
        return SourceTerms[place] = new(TermKind.Source, string.Create(CultureInfo.InvariantCulture, $"{source.Stream}/{source.Topic}/{source.Partition}"));
    }
}
