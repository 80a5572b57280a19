using System.Text;
using TomOrleans.Grains.Security;
using TomOrleans.Security;

namespace TomOrleans.Silo.Hosting;

/// <summary>
/// The admin token of the account that runs the silo: <c>admin-token</c> in the data folder, readable by its owner only, made at the first start. A pointer to it under the account's state
/// folder lets the console find it by the gateway's port.
/// </summary>
public static class AdminTokenFile
{
    public const string FileName = "admin-token";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes token and file unless the file is there and its token still counts; each silo of a cluster has a file and a token of its own. Returns the file's path.</summary>
    public static async Task<string> EnsureAsync(string dataFolder, string silo, TokenRoles tokens)
    {
        var path = Path.Combine(dataFolder, FileName);
        if (File.Exists(path) && await tokens.FindAsync((await File.ReadAllTextAsync(path)).Trim()) is not null)
        {
            return path;
        }

        WriteOwnerOnly(path, await tokens.IssueAsync(TomRole.Admin, $"admin-token file of {silo}"));
        return path;
    }

    /// <summary>Writes where the console looks first. An account without a state folder has none, and gives --token instead.</summary>
    public static void Point(int gatewayPort, string tokenFile)
    {
        var state = Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } given ? given
            : OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } home ? Path.Combine(home, ".local", "state")
            : null;
        if (state is null)
        {
            return;
        }

        try
        {
            var folder = Directory.CreateDirectory(Path.Combine(state, "tomorleans")).FullName;
            File.WriteAllText(Path.Combine(folder, $"gateway-{gatewayPort}"), tokenFile);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A convenience only: the console says how to give the token when it finds none.
        }
    }

    private static void WriteOwnerOnly(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using var file = new FileStream(path, options);
        if (!OperatingSystem.IsWindows())
        {
            // The mode above counts for new files only.
            File.SetUnixFileMode(path, OwnerOnly);
        }

        file.Write(Encoding.ASCII.GetBytes(text + "\n"));
    }
}
