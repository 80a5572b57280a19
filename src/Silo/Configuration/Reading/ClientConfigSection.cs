using System.Collections.Immutable;

namespace TomOrleans.Silo.Configuration.Reading;

/// <summary>CONFIG of a stream and what belongs to it.</summary>
/// <param name="Properties">To be passed on, stronger than those of the kind.</param>
/// <param name="GroupId">group.id, where the Toolkit's GCN streams have it.</param>
/// <param name="Start">auto.offset.reset, likewise.</param>
/// <param name="UserName">sasl.username.</param>
internal sealed record ClientConfig(ImmutableArray<ClientProperty> Properties, string? GroupId, StartPosition? Start, string? UserName);

/// <summary>CONFIG, passed on to librdkafka, and SSL_CA, a short word for one property of it.</summary>
internal static class ClientConfigSection
{
    private const string Certificates = "a file of PEM certificates, or a folder of them, that exists";

    /// <summary>What would move cursors behind our back, or load foreign code, and what to use instead.</summary>
    private static readonly Dictionary<string, string> Refused = new()
    {
        ["bootstrap.servers"] = "use BOOTSTRAP_SERVERS or URL",
        ["metadata.broker.list"] = "use BOOTSTRAP_SERVERS or URL",
        ["partition.assignment.strategy"] = "partitions are shared out by TomOrleans",
        ["group.protocol"] = "partitions are shared out by TomOrleans",
        ["group.remote.assignor"] = "partitions are shared out by TomOrleans",
        ["auto.commit.interval.ms"] = "what is committed is decided by TomOrleans",
        ["allow.auto.create.topics"] = "reading never makes topics",
        ["enable.partition.eof"] = "TomOrleans decides that",
        ["plugin.library.paths"] = "no foreign code is loaded",
    };

    public static ClientConfig Read(StreamKind kind, Section options)
    {
        var properties = new List<ClientProperty>();
        string? group = null;
        StartPosition? start = null;
        foreach (var section in Sections(kind, options))
        {
            foreach (var (name, _) in section.Members)
            {
                var setting = section.Take(name);
                if (setting is null || ValueOf(setting, section.Context) is not { } value)
                {
                    continue;
                }

                switch (name)
                {
                    case "group.id":
                        group = value;
                        break;
                    case "auto.offset.reset":
                        start = StartOf(value, setting, section.Context);
                        break;
                    case "enable.auto.commit" or "enable.auto.offset.store":
                        RefuseAutomatic(value, setting, section.Context);
                        break;
                    default:
                        Pass(new(name, value), kind, setting, properties, section.Context);
                        break;
                }
            }
        }

        ReadCa(kind, options, properties);
        return new([.. properties], group, start, properties.Find(property => property.Name == "sasl.username")?.Value);
    }

    private static IEnumerable<Section> Sections(StreamKind kind, Section options)
    {
        yield return options.Object("CONFIG");
        if (kind == StreamKind.Gcn)
        {
            // The name that newer releases of tom-alertstreams use.
            yield return options.Object("KAFKA_CONFIG");
        }
    }

    private static void ReadCa(StreamKind kind, Section options, List<ClientProperty> properties)
    {
        if (options.Optional<string>("SSL_CA", Certificates, TryPlace) is not { } place)
        {
            return;
        }

        if (properties.Exists(property => property.Name == AuthorityFiles.TlsProperty))
        {
            options.Context.Fault(options.PathOf("SSL_CA"), $"given beside {AuthorityFiles.TlsProperty} in CONFIG; leave one of them");
        }

        properties.Add(new(AuthorityFiles.TlsProperty, place));
        var asksForTokens = kind == StreamKind.Gcn || AuthorityFiles.AsksForTokens(properties);
        if (asksForTokens && !properties.Exists(property => property.Name is AuthorityFiles.TokenProperty or "https.ca.pem"))
        {
            properties.Add(new(AuthorityFiles.TokenProperty, place));
        }
    }

    private static void Pass(ClientProperty property, StreamKind kind, Setting setting, List<ClientProperty> properties, ReadingContext context)
    {
        // A GCN of somebody's own has no other option to say where it is.
        var mayNameServers = kind == StreamKind.Gcn && property.Name == "bootstrap.servers";
        if (!mayNameServers && Refused.TryGetValue(property.Name, out var instead))
        {
            context.Fault(setting.Path, $"not to be set here: {instead}");
        }
        else if (properties.Exists(other => other.Name == property.Name))
        {
            context.Fault(setting.Path, "given twice; leave one of them");
        }
        else if (property.Name is AuthorityFiles.TlsProperty or AuthorityFiles.TokenProperty && property.Value != "probe" && !AuthorityFiles.Holds(property.Value))
        {
            context.Refuse(setting, $"{Certificates}; or probe");
        }
        else if (LibrdkafkaCheck.Find(property) is { } fault)
        {
            context.Fault(setting.Path, fault);
        }
        else
        {
            properties.Add(property);
            if (property.IsSecret)
            {
                context.NoteSecret(setting.Path, property.Value, setting.Origin);
            }
            else
            {
                context.Note(setting.Path, ShownText.Of(property.Value), setting.Origin);
            }
        }
    }

    private static string? ValueOf(Setting setting, ReadingContext context)
    {
        if (!context.Resolve(setting))
        {
            return null;
        }

        if (setting.Kind is SettingKind.Text or SettingKind.Number or SettingKind.Switch)
        {
            return setting.Text;
        }

        context.RefuseUnseen(setting, "a text, a number, true or false");
        return null;
    }

    private static StartPosition? StartOf(string value, Setting setting, ReadingContext context)
    {
        switch (value)
        {
            case "earliest" or "smallest" or "beginning":
                return new(StartKind.Earliest);
            case "latest" or "largest" or "end":
                return new(StartKind.Latest);
            default:
                context.Refuse(setting, "earliest or latest; better START_POSITION");
                return null;
        }
    }

    private static void RefuseAutomatic(string value, Setting setting, ReadingContext context)
    {
        if (value != "false")
        {
            context.Refuse(setting, "false: a message counts as read when its effects are stored, not before");
        }
    }

    private static bool TryPlace(string text, out string place)
    {
        place = text;
        return AuthorityFiles.Holds(text);
    }
}
