namespace TomOrleans.Testing;

/// <summary>
/// The third-party sample messages. They are not part of this repository: a test that reads them is skipped where they are absent.
/// <code>
/// var file = SharedData.Find("hermes/cases.jsonl");
/// Assert.SkipUnless(file.Path is not null, file.Reason ?? "");
/// </code>
/// </summary>
public static class SharedData
{
    /// <summary>Names the folder; without it <c>../shared/data</c> beside the repository is taken.</summary>
    public const string Variable = "TOM_SHARED_DATA";

    private const string Solution = "TomOrleans.sln";

    /// <summary>Finds a file or folder below the data folder, or gives the reason to skip: one of the two is null.</summary>
    public static (string? Path, string? Reason) Find(string path)
    {
        var folder = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } stated ? stated : BesideTheRepository();
        if (folder is null)
        {
            return (null, $"third-party data: {Variable} is not set, and no folder above the tests holds {Solution}");
        }

        var full = Path.GetFullPath(Path.Combine(folder, path));
        return Path.Exists(full) ? (full, null) : (null, $"third-party data is absent: no {path} below {folder} (set {Variable} to its folder)");
    }

    private static string? BesideTheRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Solution)))
            {
                return Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", "data"));
            }
        }

        return null;
    }
}
