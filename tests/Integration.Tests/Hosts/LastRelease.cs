using System.Diagnostics;
using System.Text.RegularExpressions;
using TomOrleans.Integration.Tests.Support;

namespace TomOrleans.Integration.Tests.Hosts;

/// <summary>The silo of the last release that CHANGELOG.md names with its commit, built from a worktree of that commit in a temporary folder.</summary>
public sealed partial class LastRelease : IAsyncDisposable
{
    private static readonly string Configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
    private readonly string _folder;

    private LastRelease(string version, string folder) => (Version, _folder) = (version, folder);

    public string Version { get; }

    public string Silo => Path.Combine(_folder, "src", "Silo", "bin", Configuration, new DirectoryInfo(AppContext.BaseDirectory).Name, "TomOrleans.Silo.dll");

    /// <summary>Skips the test where the repository does not have the commit.</summary>
    public static async Task<LastRelease> BuildAsync()
    {
        var changes = await File.ReadAllTextAsync(Path.Combine(Programs.Root, "CHANGELOG.md"));
        var release = ReleaseHeading().Matches(changes).Select(match => (Version: match.Groups["version"].Value, Commit: match.Groups["commit"].Value))
            .MaxBy(found => System.Version.Parse(found.Version));
        Assert.False(string.IsNullOrEmpty(release.Commit), "CHANGELOG.md names no release with its commit");
        Assert.SkipWhen(
            await RunAsync("git", "-C", Programs.Root, "cat-file", "-e", $"{release.Commit}^{{commit}}") is not null, $"this checkout does not have {release.Commit}, the commit of {release.Version}: fetch the whole history");

        var folder = Path.Combine(Directory.CreateTempSubdirectory("tom-release-").FullName, release.Version);
        await RunAsync("git", "-C", Programs.Root, "worktree", "prune");
        Assert.Null(await RunAsync("git", "-C", Programs.Root, "worktree", "add", "--detach", folder, release.Commit));
        var built = new LastRelease(release.Version, folder);
        Assert.Null(await RunAsync("dotnet", "build", Path.Combine(folder, "src", "Silo"), "-c", Configuration, "--nologo", "-v", "q", "-p:RunAnalyzers=false"));
        return built;
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("git", "-C", Programs.Root, "worktree", "remove", "--force", _folder);
        Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);
    }

    /// <summary>What it complained of; null when it did it.</summary>
    private static async Task<string?> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? null : $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {error}{await output}";
    }

    [GeneratedRegex(@"^## (?<version>\d+\.\d+\.\d+)\b.*\b(?<commit>[0-9a-f]{7,40})\b", RegexOptions.Multiline)]
    private static partial Regex ReleaseHeading();
}
