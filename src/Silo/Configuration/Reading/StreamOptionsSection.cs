namespace TomOrleans.Silo.Configuration.Reading;

/// <summary>OPTIONS of a stream: those of its kind, then those that all kinds have.</summary>
internal static class StreamOptionsSection
{
    public static StreamConfiguration Read(StreamConfiguration stream, Section options, string tomName)
    {
        var connection = ConnectionSection.Read(stream.Kind, options);
        var config = ClientConfigSection.Read(stream.Kind, options);
        var group = ReadGroup(stream, options, tomName, stream.Kind == StreamKind.Gcn ? connection.UserName : config.UserName ?? connection.UserName, config.GroupId);
        var start = ReadStart(options, config.Start);
        var defaults = HandlerSection.ReadOptions(options, HandlerOptions.Default, createsTargets: true);
        var archive = ArchiveSection.Read(options, stream.Kind is StreamKind.Hopskotch or StreamKind.Gcn ? ArchiveSection.Default : TimeSpan.Zero);
        var archiveBytes = ArchiveSection.ReadBytes(options, stream.ArchiveBytes);
        var bindings = TopicHandlersSection.Read(options, defaults with { Archive = archive });
        options.Close();
        List<ClientProperty> client = [.. connection.Properties.Where(property => config.Properties.All(own => !IsSame(own.Name, property.Name))), .. config.Properties];
        return stream with
        {
            Client = [.. client, .. AuthorityFiles.Complete(client, options)],
            GroupId = group,
            Start = start,
            IgnoreTest = defaults.IgnoreTest,
            ArchiveBytes = archiveBytes,
            Bindings = bindings,
        };
    }

    private static bool IsSame(string name, string other) => Canonical(name) == Canonical(other);

    /// <summary>librdkafka has two names for the mechanism, and the later one wins.</summary>
    private static string Canonical(string name) => name == "sasl.mechanisms" ? "sasl.mechanism" : name;

    private static string ReadGroup(StreamConfiguration stream, Section options, string tomName, string? userName, string? inConfig)
    {
        const string Allowed = "a text of one line";
        var needsTomName = userName is null && inConfig is null && tomName == TomConfigurationReader.DefaultTomName && stream.Kind != StreamKind.Sandbox;
        var given = options.Take("GROUP_ID");
        if (given is null && needsTomName && options.IsActive)
        {
            options.Context.Fault(
                options.PathOf("GROUP_ID"),
                "missing; its default is made of the user name and TOM_NAME, and neither is given. Two TOMs of one group at one broker would each get only some of the "
                + "messages; allowed: GROUP_ID or TOM_NAME");
        }

        var own = stream.Id == ToolkitNames.Short(stream.Kind) ? "" : $"-{Names.Slug(stream.Id)}";
        var fallback = inConfig ?? $"{(userName is null ? "" : $"{userName}-")}{Names.Slug(tomName)}{own}";
        var group = options.Optional<string>("GROUP_ID", Allowed, Names.TryLine, fallback) ?? "";
        if (given is not null && inConfig is not null && inConfig != group)
        {
            options.Context.Fault(options.PathOf("GROUP_ID"), "differs from group.id in CONFIG; leave one of them");
        }

        if (stream.Kind == StreamKind.Hopskotch && userName is not null && group.Length > 0 && !group.StartsWith($"{userName}-", StringComparison.Ordinal))
        {
            options.Context.Fault(
                options.PathOf("GROUP_ID"),
                $"\"{ShownText.Brief(group)}\" given; HOPSKOTCH opens only groups that begin with the user name and a hyphen; allowed: {ShownText.Brief(userName)}-...");
        }

        return group;
    }

    private static StartPosition ReadStart(Section options, StartPosition? inConfig)
    {
        var given = options.Take("START_POSITION");
        if (given is not null && inConfig is not null)
        {
            options.Context.Fault(given.Path, "given beside auto.offset.reset in CONFIG; leave one of them");
        }

        return options.Optional("START_POSITION", StartPosition.Allowed, StartPosition.TryParse, inConfig ?? default);
    }
}
