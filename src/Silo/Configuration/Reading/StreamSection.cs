using System.Collections.Immutable;

namespace TomOrleans.Silo.Configuration.Reading;

/// <summary>ALERT_STREAMS: a list of streams, each with the options of its kind.</summary>
internal static class StreamSection
{
    public static ImmutableArray<StreamConfiguration> ReadAll(Section root, string tomName)
    {
        if (root.Take("ALERT_STREAMS") is not { } list)
        {
            return [];
        }

        if (list.Kind != SettingKind.List)
        {
            root.Context.RefuseUnseen(list, "a list [ ... ] of streams");
            return [];
        }

        var entries = list.Items.Select(item => (item.Path, Stream: Read(item, tomName, root.Context))).Where(entry => entry.Stream is not null).ToList();
        RefuseSharedIds([.. entries.Where(entry => entry.Stream!.Active)!], root.Context);
        RefuseSharedGroups([.. entries.Where(entry => entry.Stream!.Active)!], root.Context);
        return [.. entries.Select(entry => entry.Stream!)];
    }

    private static StreamConfiguration? Read(Setting item, string tomName, ReadingContext context)
    {
        if (item.Kind != SettingKind.Object)
        {
            context.RefuseUnseen(item, "an object { ACTIVE, NAME, ID, OPTIONS }");
            return null;
        }

        var entry = new Section(context, item.Path, item);
        var active = entry.Switch("ACTIVE", true);
        var kind = ReadKind(entry);
        var id = entry.Optional<string>("ID", Names.IdAllowed, Names.TryId, kind is null ? null : ToolkitNames.Short(kind.Value));
        var options = entry.Take("OPTIONS");
        if (options is null && active)
        {
            entry.Missing("OPTIONS", "an object { ... }");
        }

        entry.Close();
        if (kind is null || (options is null && active))
        {
            return null;
        }

        var section = new Section(context, item.Path, item) { IsActive = active }.Object("OPTIONS");
        return StreamOptionsSection.Read(new() { Id = id ?? "", Kind = kind.Value, Active = active }, section, tomName);
    }

    private static StreamKind? ReadKind(Section entry)
    {
        var known = ToolkitNames.Streams;
        if (entry.Take("NAME") is not { } given)
        {
            entry.Missing("NAME", string.Join(", ", known.Keys));
            return null;
        }

        if (entry.Context.TextOf(given, string.Join(", ", known.Keys)) is not { } name)
        {
            return null;
        }

        if (!known.TryGetValue(name, out var kind))
        {
            entry.Context.Fault(given.Path, $"\"{ShownText.Brief(name)}\" is no stream class{NearestName.Hint(name, [.. known.Keys])}");
            return null;
        }

        entry.Context.Note(given.Path, ToolkitNames.Short(kind), given.Origin);
        return kind;
    }

    /// <summary>IDs are part of every cursor: where two streams could be meant, nobody guesses.</summary>
    private static void RefuseSharedIds(IReadOnlyList<(string Path, StreamConfiguration? Stream)> active, ReadingContext context)
    {
        foreach (var same in active.GroupBy(entry => entry.Stream!.Id, StringComparer.OrdinalIgnoreCase).Where(group => group.Key.Length > 0 && group.Count() > 1))
        {
            foreach (var (path, stream) in same.Skip(1))
            {
                context.Fault(
                    SettingPath.Below(path, "ID"),
                    $"\"{stream!.Id}\" is also the ID of {same.First().Path} (an ID that is not given is the kind); allowed: an ID of its own");
            }
        }
    }

    /// <summary>In one group of one broker each message goes to one of the members only, so two streams would each miss some.</summary>
    private static void RefuseSharedGroups(IReadOnlyList<(string Path, StreamConfiguration? Stream)> active, ReadingContext context)
    {
        var groups = active.GroupBy(entry => (entry.Stream!.GroupId, Servers: ServersOf(entry.Stream)));
        foreach (var same in groups.Where(group => group.Key is { GroupId: not "", Servers: not null } && group.Count() > 1))
        {
            foreach (var (path, _) in same.Skip(1).Where(entry => entry.Stream!.Id != same.First().Stream!.Id))
            {
                context.Fault(
                    SettingPath.Below(SettingPath.Below(path, "OPTIONS"), "GROUP_ID"),
                    $"\"{same.Key.GroupId}\" is also the group of {same.First().Path} at the same broker, so each would get only some of the messages; allowed: a group of its own");
            }
        }
    }

    private static string? ServersOf(StreamConfiguration stream) => stream.Kind == StreamKind.Sandbox
        ? "sandbox"
        : stream.Client.FirstOrDefault(property => property.Name == "bootstrap.servers")?.Value;
}
