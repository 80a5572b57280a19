using System.Reflection;
using System.Runtime.Loader;

namespace TomOrleans.Silo.Configuration.Plugins;

/// <summary>
/// Loads a plug-in beside our own assemblies, as its handlers and we must mean the same types by the same names. What it brings along that we have too is ours;
/// the rest is looked for where its <c>.deps.json</c> says.
/// </summary>
internal static class PluginLoader
{
    private static readonly Lock Gate = new();
    private static readonly HashSet<string> Resolved = [];

    /// <summary>Null with a reason where it cannot be loaded. Repeating is safe.</summary>
    public static Assembly? Load(string path, out string? fault)
    {
        try
        {
            var assembly = AssemblyLoadContext.Default.LoadFromAssemblyPath(path);
            fault = assembly.Location == path ? null : $"has the name of {assembly.Location}, which is loaded already";
            Resolve(path);
            return fault is null ? assembly : null;
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException or InvalidOperationException)
        {
            fault = $"cannot be loaded: {exception.Message}";
            return null;
        }
    }

    private static void Resolve(string path)
    {
        lock (Gate)
        {
            if (!Resolved.Add(path))
            {
                return;
            }
        }

        var resolver = new AssemblyDependencyResolver(path);
        AssemblyLoadContext.Default.Resolving += (context, name) => resolver.ResolveAssemblyToPath(name) is { } file ? context.LoadFromAssemblyPath(file) : null;
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) => resolver.ResolveUnmanagedDllToPath(name) is { } file
            ? System.Runtime.InteropServices.NativeLibrary.Load(file)
            : 0;
    }
}
