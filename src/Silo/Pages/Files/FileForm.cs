using TomOrleans.Grains.Targets.Products;
using TomOrleans.Grains.Targets.Toolkit;
using TomOrleans.Targets;

namespace TomOrleans.Silo.Pages.Files;

/// <summary>What a person says of a file that is to be added to a target.</summary>
public sealed class FileForm
{
    /// <summary>What files can hold, in the Toolkit's words and in ours.</summary>
    public static readonly IReadOnlyList<(string Type, string Words)> Types =
        [(ToolkitDatum.Photometry, "Photometry"), (ToolkitDatum.Spectroscopy, "A spectrum"), ("fits_file", "FITS (only kept)"), ("image_file", "An image (only kept)")];

    public string Type { get; set; } = ToolkitDatum.Photometry;

    /// <summary>Without folders and what a file system could take for something else.</summary>
    public string FileName { get; private set; } = "";

    public byte[]? Content { get; private set; }

    /// <summary>For rows that state none, as the next ones; empty for none.</summary>
    public string Telescope { get; set; } = "";

    public string Instrument { get; set; } = "";

    public string Band { get; set; } = "";

    public string Unit { get; set; } = "";

    /// <summary>Who measured, for rows that do not say; empty for this TOM.</summary>
    public string Origin { get; set; } = "";

    /// <summary>Of a spectrum, where the file does not say.</summary>
    public string Time { get; set; } = "";

    public bool SkipsBad { get; set; }

    public bool Keeps { get; set; } = true;

    public bool IsPhotometry => Type == ToolkitDatum.Photometry;

    public bool IsSpectrum => Type == ToolkitDatum.Spectroscopy;

    /// <summary>True where something is read in the file, so that it can be tried.</summary>
    public bool IsRead => IsPhotometry || IsSpectrum;

    public void Take(string fileName, byte[] content) => (FileName, Content) = (ProductNames.Of(fileName), content);

    public PhotometryImportRequest Photometry(Target target, bool dryRun) => new()
    {
        FileName = FileName,
        Target = target.Name,
        Telescope = Text(Telescope),
        Instrument = Text(Instrument),
        Band = Text(Band),
        Unit = Text(Unit),
        Origin = Text(Origin),
        SkipBad = SkipsBad,
        DryRun = dryRun,
    };

    public SpectrumFile Spectrum(bool dryRun) => new()
    {
        Name = FileName,
        Content = Content!,
        Time = Text(Time),
        Telescope = Text(Telescope),
        Instrument = Text(Instrument),
        FluxUnit = Text(Unit),
        Origin = Text(Origin),
        DryRun = dryRun,
    };

    public DataProductDraft Product(Target target) => new() { Target = target.Id, FileName = FileName, Type = Type, Content = Content! };

    private static string? Text(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
