namespace TomOrleans.Testing;

/// <summary>A file of the third-party data that is one message, and what is expected of it: <c>samples.tsv</c> lists all of them. The files stay where they are.</summary>
/// <param name="File">Below the data folder.</param>
/// <param name="Format">How it is framed, without any header.</param>
/// <param name="Fate">What handler <c>hermes</c> makes of it: <c>handled</c>, <c>ignored</c> or <c>parked</c>.</param>
public sealed record ListedSample(string File, string Format, string Fate)
{
    /// <summary>What is no message: archives, tables, spectra, compressed files.</summary>
    private static readonly string[] NoMessages = [".gz", ".zip", ".csv", "spectrum_with_nan.txt"];

    private static readonly string[] Folders = ["hop", "hermes", "gcn", "igwn", "ztf", "lsst", "fink", "malformed"];

    /// <summary>The list, in its order.</summary>
    public static IReadOnlyList<ListedSample> All { get; } = [.. Read()];

    /// <summary>The files that are there, to be compared with the list.</summary>
    public static IEnumerable<string> Found(string dataFolder) => Folders
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(dataFolder, folder), "*", SearchOption.AllDirectories))
        .Where(file => !NoMessages.Any(end => file.EndsWith(end, StringComparison.Ordinal)))
        .Select(file => Path.GetRelativePath(dataFolder, file).Replace('\\', '/'));

    private static IEnumerable<ListedSample> Read()
    {
        using var stream = typeof(ListedSample).Assembly.GetManifestResourceStream("samples.tsv")!;
        using var reader = new StreamReader(stream);
        for (reader.ReadLine(); reader.ReadLine() is { } line;)
        {
            var cells = line.Split('\t');
            yield return new(cells[0], cells[1], cells[2]);
        }
    }
}
