using System.Collections.Immutable;
using TomOrleans.Grains;
using TomOrleans.Silo.Configuration.Plugins;

namespace TomOrleans.Silo.Configuration.Reading;

/// <summary>PLUGINS: files of assemblies with handlers. Loads them, so that TOPIC_HANDLERS can name what they hold.</summary>
internal static class PluginSection
{
    private const string Allowed = "the file of an assembly (.dll), relative to this file";

    public static ImmutableArray<PluginConfiguration> ReadAll(Section root)
    {
        foreach (var fault in HandlerScan.OfHost.Faults)
        {
            root.Context.Fault("", fault);
        }

        AddNames(HandlerScan.OfHost.Names, root.Context, words => root.Context.Fault("", words));
        if (root.Take("PLUGINS") is not { } list)
        {
            return [];
        }

        if (list.Kind != SettingKind.List)
        {
            root.Context.Refuse(list, $"a list of texts, each {Allowed}");
            return [];
        }

        return [.. list.Items.Select(item => Read(item, root.Context)).OfType<PluginConfiguration>()];
    }

    private static PluginConfiguration? Read(Setting item, ReadingContext context)
    {
        if (context.TextOf(item, Allowed) is not { } text)
        {
            return null;
        }

        if (!Names.TryLine(text, out _))
        {
            context.Refuse(item, Allowed);
            return null;
        }

        var path = Path.GetFullPath(text, context.Folder);
        var fault = PluginFile.Refuse(path);
        if (fault is not null || PluginLoader.Load(path, out fault) is not { } assembly)
        {
            Fault(fault!);
            return null;
        }

        var scan = HandlerScan.Of(assembly);
        foreach (var wrong in scan.Faults)
        {
            Fault(wrong);
        }

        if (scan is { Names.IsEmpty: true, Faults.IsEmpty: true, HasSubscribers: false })
        {
            Fault("holds no handler: no class in it implements IAlertHandler, and none carries [ImplicitStreamSubscription]");
        }

        context.Note(item.Path, $"{ShownText.Of(path)} ({string.Join(", ", scan.Names)})", item.Origin);
        return AddNames(scan.Names, context, Fault) ? new(path, assembly, scan.Names) : null;

        void Fault(string words) => context.Fault(item.Path, $"the plug-in {ShownText.Of(path)}: {ShownText.Escape(OneLine.Of(words))}");
    }

    private static bool AddNames(ImmutableArray<string> names, ReadingContext context, Action<string> refuse)
    {
        foreach (var name in names)
        {
            if (ToolkitNames.Handlers.ContainsKey(name) || context.OwnHandlers.Contains(name))
            {
                refuse($"the handler name \"{name}\" is taken; give its class another [GrainType(\"NAME-handler\")]");
                return false;
            }

            context.OwnHandlers.Add(name);
        }

        return true;
    }
}
