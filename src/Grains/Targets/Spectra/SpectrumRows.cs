using System.Runtime.InteropServices;
using TomOrleans.Storage.Spectra;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets.Spectra;

/// <summary>Spectra between the grains' contracts and the database.</summary>
internal static class SpectrumRows
{
    public static SpectrumRow ToRow(Spectrum spectrum)
    {
        var head = spectrum.Head;
        return new()
        {
            Identity = SpectrumIdentity.Identity(head),
            Content = SpectrumIdentity.Content(spectrum),
            TimeMicroseconds = head.Time.UtcMicroseconds,
            TimeForm = (int)head.Time.Form,
            TimeText = head.Time.Text,
            WavelengthUnit = head.WavelengthUnit,
            FluxUnit = head.FluxUnit,
            Telescope = head.Telescope,
            Instrument = head.Instrument,
            Setup = head.Setup,
            ExposureSeconds = head.ExposureSeconds,
            Origin = head.Origin,
            Observer = head.Observer,
            Reducer = head.Reducer,
            Comments = head.Comments,
            Source = PhotometryRows.SourceOf(head.Provenance),
            IsSecondHand = head.IsSecondHand,
            IsRetracted = head.IsRetracted,
            Length = spectrum.Flux.Length,
            FirstWavelength = spectrum.Wavelength.IsEmpty ? null : spectrum.Wavelength.Min(),
            LastWavelength = spectrum.Wavelength.IsEmpty ? null : spectrum.Wavelength.Max(),
            Wavelength = [.. spectrum.Wavelength],
            Flux = [.. spectrum.Flux],
            FluxError = [.. spectrum.FluxError],
        };
    }

    /// <param name="row">The row.</param>
    /// <param name="otherRevisions">How many other contents its identity has.</param>
    public static SpectrumHead ToHead(SpectrumRow row, int otherRevisions = 0) => new()
    {
        Id = row.Id,
        Time = new(row.TimeMicroseconds, (TimeForm)row.TimeForm, row.TimeText),
        WavelengthUnit = row.WavelengthUnit,
        FluxUnit = row.FluxUnit,
        Telescope = row.Telescope,
        Instrument = row.Instrument,
        Setup = row.Setup,
        ExposureSeconds = row.ExposureSeconds,
        Origin = row.Origin,
        Observer = row.Observer,
        Reducer = row.Reducer,
        Comments = row.Comments,
        Provenance = row.Source is { } source
            ? new(new(source.Stream, source.Topic, source.Partition, source.Offset), source.MessageId, source.Sender, source.TimeMicroseconds)
            : null,
        Length = row.Length,
        FirstWavelength = row.FirstWavelength,
        LastWavelength = row.LastWavelength,
        OtherRevisions = otherRevisions,
        IsRetracted = row.IsRetracted,
    };

    /// <summary>
    /// Of each spectrum the value that was stated last and not withdrawn, in time order. (The list of a target's spectra shows all; what is passed on is the last word alone.)
    /// </summary>
    public static IReadOnlyList<SpectrumRow> Shown(IEnumerable<SpectrumRow> rows) =>
    [
        .. rows.Where(row => !row.IsRetracted).GroupBy(row => row.Identity)
            .Select(revisions => revisions.MaxBy(row => (row.Source?.TimeMicroseconds ?? long.MinValue, row.Source?.Offset ?? long.MinValue, row.Id))!)
            .OrderBy(row => row.TimeMicroseconds).ThenBy(row => row.Id),
    ];

    public static Spectrum ToSpectrum(SpectrumRow row) => new()
    {
        Head = ToHead(row),
        Wavelength = ImmutableCollectionsMarshal.AsImmutableArray(row.Wavelength),
        Flux = ImmutableCollectionsMarshal.AsImmutableArray(row.Flux),
        FluxError = ImmutableCollectionsMarshal.AsImmutableArray(row.FluxError),
    };
}
