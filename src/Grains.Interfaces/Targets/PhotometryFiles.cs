namespace TomOrleans.Targets;

/// <summary>The form of a file of photometry that this TOM writes.</summary>
public enum PhotometryFileFormat
{
    /// <summary>Comma-separated values: the TOM Toolkit's names of columns, and ours for what it has none for.</summary>
    Csv,

    /// <summary>Comma-separated values with the columns of the TOM Toolkit's own download.</summary>
    ToolkitCsv,

    /// <summary>Enhanced Character-Separated Values, as astropy reads and writes them.</summary>
    Ecsv,

    /// <summary>VOTable 1.4 of the IVOA, with its values as text.</summary>
    VoTable,

    /// <summary>A JSON object a line; the only form that holds withdrawn points.</summary>
    JsonLines,
}

/// <summary>A piece of a file.</summary>
/// <param name="Content">Its bytes, UTF-8.</param>
/// <param name="Next">Where the next page begins; null after the last one.</param>
/// <param name="Points">Measurements in this page.</param>
/// <param name="LeftOut">Withdrawn measurements that the form does not hold, of this page.</param>
[GenerateSerializer, Immutable, Alias("tom.photometry-file-page")]
public sealed record PhotometryFilePage([property: Id(0)] byte[] Content, [property: Id(1)] int? Next, [property: Id(2)] int Points, [property: Id(3)] int LeftOut);
