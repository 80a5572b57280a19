namespace TomOrleans.Bench.Toms;

/// <summary>A folder of this run, gone when it is over.</summary>
internal sealed class Folder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("tom-bench-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
