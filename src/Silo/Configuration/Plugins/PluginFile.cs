using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.Versioning;
using TomOrleans.Alerts;

namespace TomOrleans.Silo.Configuration.Plugins;

/// <summary>Looks at the file of a plug-in without loading it: what does not fit this program is told before any of its code runs.</summary>
internal static class PluginFile
{
    private const string Framework = ".NETCoreApp,Version=v";
    private static readonly AssemblyName Contracts = typeof(IAlertHandler).Assembly.GetName();
    private static readonly AssemblyName Orleans = typeof(Grain).Assembly.GetName();

    /// <summary>What is wrong with it, in one line; null when nothing is.</summary>
    public static string? Refuse(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var image = new PEReader(file);
            return image.HasMetadata && image.GetMetadataReader() is { IsAssembly: true } metadata
                ? RefuseFramework(metadata) ?? RefuseReferences(metadata)
                : "is not a .NET assembly";
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return "no such file";
        }
        catch (BadImageFormatException)
        {
            return "is not a .NET assembly";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Directory.Exists(path) ? "is a folder; the file of an assembly is wanted" : $"cannot be read: {exception.Message}";
        }
    }

    private static string? RefuseFramework(MetadataReader metadata)
    {
        var built = metadata.GetAssemblyDefinition().GetCustomAttributes()
            .Select(metadata.GetCustomAttribute)
            .Where(attribute => TypeOf(attribute, metadata) == nameof(TargetFrameworkAttribute))
            .Select(attribute => FirstText(attribute, metadata))
            .FirstOrDefault() ?? "an unknown framework";
        var ours = new Version(Environment.Version.Major, Environment.Version.Minor);
        return built.StartsWith(Framework, StringComparison.Ordinal) && Version.TryParse(built[Framework.Length..], out var version) && version <= ours
            ? null
            : $"is built for {built}; this program runs on {Framework}{ours}";
    }

    private static string? RefuseReferences(MetadataReader metadata)
    {
        var references = metadata.AssemblyReferences.Select(handle => metadata.GetAssemblyReference(handle))
            .Select(reference => (Name: metadata.GetString(reference.Name), reference.Version)).ToList();
        foreach (var (name, version) in references)
        {
            if (name.StartsWith("Orleans.", StringComparison.Ordinal) && (version.Major != Orleans.Version!.Major || version > Orleans.Version))
            {
                return $"is built with {name} {version}; this program has Orleans {Orleans.Version}";
            }

            if (name == Contracts.Name && version > Contracts.Version)
            {
                return $"is built with {name} {version}; this program has {Contracts.Version}";
            }
        }

        return references.Exists(reference => reference.Name == Contracts.Name)
            ? null
            : $"holds no handler: it does not use {Contracts.Name}, which has {nameof(IAlertHandler)}";
    }

    private static string? TypeOf(CustomAttribute attribute, MetadataReader metadata) =>
        attribute.Constructor.Kind == HandleKind.MemberReference
        && metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is { Kind: HandleKind.TypeReference } type
            ? metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)type).Name)
            : null;

    private static string? FirstText(CustomAttribute attribute, MetadataReader metadata)
    {
        const int Prolog = sizeof(ushort);
        var value = metadata.GetBlobReader(attribute.Value);
        value.Offset += Prolog;
        return value.ReadSerializedString();
    }
}
