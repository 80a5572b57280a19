using System.Collections.Immutable;
using System.Text.Json;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Decoding;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Alerts.Hermes;

/// <summary>The tables of a message that are read: its targets, its photometry and its spectra.</summary>
internal ref struct HermesRows(ReadOnlySpan<byte> json, MessageOrigin message)
{
    private const string UnknownOrigin = "unknown";

    /// <summary>The target tables themselves: nearly every message of a target brings the same.</summary>
    private static readonly SeenValues<ImmutableArray<ReportedTarget>> Seen = new();

    private readonly ReadOnlySpan<byte> _json = json;
    private readonly MessageOrigin _message = message;
    private HermesTable<ReportedTarget> _targets = new("data.targets");
    private HermesTable<ReportedPoint> _photometry = new("data.photometry");
    private HermesTable<ReportedSpectrum> _spectra = new("data.spectroscopy");
    private ImmutableArray<ReportedTarget> _seenTargets = [];
    private PointProvenance? _provenance;

    public readonly ImmutableArray<ReportedTarget> Targets => _seenTargets.IsEmpty ? _targets.Rows : _seenTargets;

    public readonly ImmutableArray<ReportedPoint> Points => _photometry.Rows;

    public readonly ImmutableArray<RowFault> Faults =>
        _targets.Faults.IsEmpty && _photometry.Faults.IsEmpty && _spectra.Faults.IsEmpty ? [] : [.. _targets.Faults, .. _photometry.Faults, .. _spectra.Faults];

    public readonly ImmutableArray<ReportedSpectrum> Spectra => _spectra.Rows;

    /// <summary>Why the message as a whole cannot be read; null when it can.</summary>
    public readonly string? Fault => _targets.Fault ?? _photometry.Fault ?? _spectra.Fault;

    public void ReadTargets(ref Utf8JsonReader reader)
    {
        var table = reader;
        var bytes = JsonSlice.Take(ref table).In(_json);
        if (Seen.TryGet(bytes, out _seenTargets))
        {
            _targets.Clear();
            reader = table;
            return;
        }

        _seenTargets = [];
        var index = -1;
        for (var more = _targets.Begin(ref reader); more && _targets.Next(ref reader, ref index);)
        {
            if (new HermesTargetRow(_json, ref reader).Read(out var reason) is { } target)
            {
                _targets.Add(target);
            }
            else
            {
                _targets.AddFault(index, "name", reason!);
            }
        }

        if (_targets.Faults.IsEmpty && _targets.Fault is null && !_targets.Items.IsEmpty)
        {
            Seen.Note(bytes, _targets.Rows);
        }
    }

    public void ReadPhotometry(ref Utf8JsonReader reader)
    {
        var index = -1;
        for (var more = _photometry.Begin(ref reader); more && _photometry.Next(ref reader, ref index);)
        {
            HermesFields.Read(ref reader, out var fields);
            _provenance ??= _message.ToProvenance();
            var row = new HermesPhotometryRow(_json, in fields);
            if (row.Read(_message.Sender ?? UnknownOrigin, _provenance, out var field, out var reason) is { } point)
            {
                _photometry.Add(point);
            }
            else
            {
                _photometry.AddFault(index, field, reason!);
            }
        }
    }

    public void ReadSpectra(ref Utf8JsonReader reader)
    {
        var index = -1;
        for (var more = _spectra.Begin(ref reader); more && _spectra.Next(ref reader, ref index);)
        {
            var row = JsonSlice.Here(ref reader).In(_json).ToArray();
            _provenance ??= _message.ToProvenance();
            if (HermesSpectrumRow.Read(row, _message.Sender ?? UnknownOrigin, _provenance, out var field, out var reason) is { } spectrum)
            {
                _spectra.Add(spectrum);
            }
            else if (reason is not null)
            {
                _spectra.AddFault(index, field, reason);
            }
        }
    }

    /// <summary>
    /// Names another origin for all points: of a message without authenticated sender it is known only when all of it has been
    /// read.
    /// </summary>
    public readonly void ChangeOrigin(string origin)
    {
        foreach (ref var row in _photometry.Items)
        {
            row = row with { Point = row.Point with { Origin = origin } };
        }

        foreach (ref var row in _spectra.Items)
        {
            row = row with { Spectrum = row.Spectrum with { Head = row.Spectrum.Head with { Origin = origin } } };
        }
    }

    /// <summary>
    /// Takes over who made the measurements, as a TomOrleans that passes them on states it. A list is taken only where each of its members surely belongs to a row.
    /// </summary>
    public readonly void StateOrigins(in StatedOrigins stated)
    {
        var rows = _photometry.Items;
        var fits = _photometry.Faults.IsEmpty;
        for (var i = 0; i < rows.Length; i++)
        {
            var origin = stated.All ?? (fits && stated.Each?.Length == rows.Length ? stated.Each[i] : null);
            if (origin is not null)
            {
                var id = fits && stated.Ids?.Length == rows.Length ? stated.Ids[i] : null;
                rows[i] = rows[i] with { Point = rows[i].Point with { Origin = origin, MeasurementId = id, IsSecondHand = true } };
            }
        }

        var spectra = _spectra.Items;
        fits = _spectra.Faults.IsEmpty && stated.EachSpectrum?.Length == spectra.Length;
        for (var i = 0; i < spectra.Length; i++)
        {
            if ((stated.All ?? (fits ? stated.EachSpectrum![i] : null)) is { } origin)
            {
                spectra[i] = spectra[i] with { Spectrum = spectra[i].Spectrum with { Head = spectra[i].Spectrum.Head with { Origin = origin, IsSecondHand = true } } };
            }
        }
    }

    /// <summary>Forgets all rows: a later <c>data</c> takes their place.</summary>
    public void Clear()
    {
        _targets.Clear();
        _seenTargets = [];
        _photometry.Clear();
        _spectra.Clear();
    }

    public void Dispose()
    {
        _targets.Dispose();
        _photometry.Dispose();
        _spectra.Dispose();
    }
}
