using System.Text;

namespace TomOrleans.Silo.Configuration.Reading;

/// <summary>Reads a configuration whole, so that everything wrong with it is told at once.</summary>
public static class TomConfigurationReader
{
    /// <summary>What a missing TOM_NAME stands for.</summary>
    public const string DefaultTomName = "TomOrleans";

    /// <summary>Reads the file, or the sandbox's own configuration; applies the environment, then the command line. Asks no network.</summary>
    /// <param name="path">Null for the sandbox.</param>
    /// <param name="environment">For <c>${NAME}</c> and for overrides.</param>
    /// <param name="commandLine">Stronger than the environment.</param>
    /// <param name="built">Default <see cref="BuiltParts.Now"/>.</param>
    public static ConfigurationReading Read(
        string? path, IReadOnlyDictionary<string, string> environment, IReadOnlyList<SettingOverride>? commandLine = null, BuiltParts? built = null)
    {
        var source = path is null ? "sandbox" : ShownText.Escape(path);
        var context = new ReadingContext(source, environment, built ?? BuiltParts.Now) { Folder = FolderOf(path) };
        var json = path is null ? Encoding.UTF8.GetBytes(SandboxConfiguration.Json) : Load(path, context);
        var reading = Read(json, context, commandLine ?? []);
        return reading with { Configuration = reading.Configuration is { } configuration ? configuration with { IsSandbox = path is null } : null };
    }

    /// <param name="json">Null when it could not be loaded, which was reported.</param>
    /// <param name="context">Takes faults and settings.</param>
    /// <param name="commandLine">Overrides stronger than those of the environment.</param>
    internal static ConfigurationReading Read(byte[]? json, ReadingContext context, IReadOnlyList<SettingOverride> commandLine)
    {
        if (json is null || SettingsFile.Parse(json, context) is not { } root)
        {
            return new(null, [.. context.Faults], [], context.Source);
        }

        foreach (var setting in EnvironmentOverrides.Find(context).Concat(commandLine))
        {
            setting.Apply(root, context);
        }

        var configuration = Read(new Section(context, "", root));
        return new(context.Faults.Count == 0 ? configuration : null, [.. context.Faults], [.. context.Settings], context.Source);
    }

    private static TomConfiguration Read(Section root)
    {
        var name = root.Optional<string>("TOM_NAME", "a text of one line", Names.TryLine, DefaultTomName);
        var data = root.Optional<string>("DATA_PATH", "a folder", TryFolder, Path.GetFullPath("./data"));
        var http = HttpSection.Read(root.Object("HTTP"));
        var cluster = ClusterSection.Read(root.Object("CLUSTER"));
        var log = LogSection.Read(root.Object("LOG"));
        NetworkSections.RefuseSharedPorts(http, cluster, root.Context);
        var destinations = DestinationSection.ReadAll(root);
        var plugins = PluginSection.ReadAll(root);
        var streams = StreamSection.ReadAll(root, name ?? "");
        var notices = NoticeSection.Read(root);
        NetworkSections.RefuseSandbox(cluster, streams, root.Context);
        DestinationSection.RefuseUnknownStreams(destinations, streams, root);
        root.Close();
        return new()
        {
            TomName = name ?? "",
            DataPath = data ?? "",
            Http = http,
            Cluster = cluster,
            Log = log,
            Destinations = destinations,
            Plugins = plugins,
            Streams = streams,
            Notices = notices,
        };
    }

    private static bool TryFolder(string text, out string folder)
    {
        var legal = Names.TryLine(text, out folder);
        folder = legal ? Path.GetFullPath(text) : "";
        return legal;
    }

    /// <summary>Where the file is, for paths relative to it.</summary>
    private static string FolderOf(string? file)
    {
        try
        {
            return Path.GetDirectoryName(Path.GetFullPath(file ?? "")) ?? Environment.CurrentDirectory;
        }
        catch (ArgumentException)
        {
            return Environment.CurrentDirectory;
        }
    }

    private static byte[]? Load(string path, ReadingContext context)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            context.Fault("", "no such file");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            context.Fault("", Directory.Exists(path) ? "is a folder" : $"cannot be read: {ShownText.Escape(exception.Message)}");
        }

        return null;
    }
}
