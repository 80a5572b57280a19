namespace TomOrleans.Silo.Hosting;

/// <summary>
/// The folder that holds this silo's files. Held exclusively while the silo runs: two silos on the same SQLite files would each believe they own them.
/// </summary>
public sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    public string Path { get; }

    /// <summary>Makes the folder if need be and takes it. Throws <see cref="TomException"/> where it cannot be written or another silo holds it.</summary>
    public static DataFolder Take(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        var lockFile = System.IO.Path.Combine(full, "silo.lock");
        try
        {
            Directory.CreateDirectory(full);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TomException(TomFault.Unavailable, $"The data folder {full} cannot be made ({exception.Message}). Give another one with --data DIR or DATA_PATH.");
        }

        try
        {
            var held = new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            held.SetLength(0);
            held.Write(System.Text.Encoding.ASCII.GetBytes($"{Environment.ProcessId}\n"));
            held.Flush();
            return new(full, held);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new TomException(TomFault.Unavailable, $"The data folder {full} cannot be written ({exception.Message}). Give another one with --data DIR or DATA_PATH, or its owner the right.");
        }
        catch (IOException exception)
        {
            throw new TomException(TomFault.Unavailable, $"The data folder {full} cannot be used ({exception.Message}). If another silo runs on it, stop that one or give this one a folder of its own with --data DIR.");
        }
    }

    public void Dispose() => _lock.Dispose();
}
