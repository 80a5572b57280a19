using System.Collections.Immutable;
using System.Reflection;

namespace TomOrleans.Silo.Configuration;

/// <summary>An entry of PLUGINS: an assembly with handlers of somebody's own, loaded into this process.</summary>
/// <param name="Path">The file, whole.</param>
/// <param name="Handlers">The names they have in TOPIC_HANDLERS; none where it holds only subscribers of Orleans streams.</param>
public sealed record PluginConfiguration(string Path, Assembly Assembly, ImmutableArray<string> Handlers);
