using System.Collections.Immutable;
using TomOrleans.Grains.Sharing.Hermes;

namespace TomOrleans.Silo.Configuration.Reading;

/// <summary>DATA_SHARING: names of destinations and what they are.</summary>
internal static class DestinationSection
{
    private static readonly Dictionary<string, HermesDialect> Dialects = new(StringComparer.Ordinal)
    {
        ["toolkit"] = HermesDialect.Toolkit,
        ["toolkit2"] = HermesDialect.Toolkit2,
        ["skyportal"] = HermesDialect.SkyPortal,
    };

    private const string UrlAllowed = "an http:// or https:// URL that ends in /, without user name, ? and #";

    private static readonly Dictionary<string, DestinationKind> Kinds = new()
    {
        ["hermes"] = DestinationKind.Hermes,
        ["tom"] = DestinationKind.Tom,
        ["kafka"] = DestinationKind.Kafka,
        ["hopskotch"] = DestinationKind.Hopskotch,
    };

    public static ImmutableArray<DestinationConfiguration> ReadAll(Section root)
    {
        var all = root.Object("DATA_SHARING");
        var destinations = new List<DestinationConfiguration>();
        foreach (var (name, _) in all.Members)
        {
            var path = all.PathOf(name);
            if (!Names.IsTopic(name))
            {
                root.Context.Fault(path, $"the name of the destination; allowed: {Names.TopicAllowed}");
            }
            else if (destinations.Any(other => other.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            {
                root.Context.Fault(path, "differs from the name of another destination in case only");
            }

            destinations.Add(Read(name, all.Object(name)));
        }

        return [.. destinations];
    }

    /// <summary>What is published must be looked for where it is read.</summary>
    public static void RefuseUnknownStreams(ImmutableArray<DestinationConfiguration> destinations, ImmutableArray<StreamConfiguration> streams, Section root)
    {
        var known = streams.Where(stream => stream.Active).Select(stream => stream.Id).Append(DestinationConfiguration.NoStream).ToList();
        foreach (var destination in destinations.Where(destination => destination.ConfirmStream is { } said && !known.Contains(said)))
        {
            root.Context.Fault(
                SettingPath.Below(SettingPath.Below("DATA_SHARING", destination.Name), "CONFIRM_STREAM"),
                $"\"{destination.ConfirmStream}\" is no active stream; allowed: {string.Join(", ", known)}");
        }

        KafkaDestinationSection.RefuseUnknownStreams(destinations, streams, root);
    }

    private static DestinationConfiguration Read(string name, Section section)
    {
        // The Toolkit takes every destination with hermes in its name for Hermes, and all others for TOMs.
        var kind = section.Choice("KIND", Kinds, name.Contains("hermes", StringComparison.OrdinalIgnoreCase) ? DestinationKind.Hermes : DestinationKind.Tom) ?? DestinationKind.Hermes;
        var isKafka = kind is DestinationKind.Kafka or DestinationKind.Hopskotch;
        var destination = new DestinationConfiguration
        {
            Name = name,
            Kind = kind,
            DisplayName = section.Optional<string>("DISPLAY_NAME", "a text of one line", Names.TryLine, name) ?? name,
            BaseUrl = isKafka ? new("kafka://broker/") : section.Required<Uri>("BASE_URL", UrlAllowed, TryUrl) ?? new("http://faulty.invalid/"),
            UserTopics = section.Texts("USER_TOPICS", Names.TopicAllowed, Names.IsTopic),
            ContinuousDelay = TimeSpan.FromSeconds(section.Number("CONTINUOUS_SECONDS", 5.0, 0.1, 3600, " s")),
            ShareOrigins = section.Texts("SHARE_ORIGINS", "a text of one line", IsLine),
            Peers = section.Texts("PEERS", "a text of one line", IsLine),
        };
        destination = kind switch
        {
            DestinationKind.Hermes => ReadHermes(WithDialects(destination, section), section),
            DestinationKind.Tom => ReadTom(destination, section),
            _ => KafkaDestinationSection.Read(WithDialects(destination, section), section),
        };
        if (section.Take("DATA_CONVERTER_CLASS") is { } converter)
        {
            section.Context.Fault(converter.Path, "names a Python class, which cannot run here; leave it out");
        }

        section.Close();
        return destination;
    }

    private static DestinationConfiguration ReadHermes(DestinationConfiguration destination, Section section) => destination with
    {
        ApiKey = section.Secret("HERMES_API_KEY", required: true),
        DefaultAuthors = section.Optional<string>("DEFAULT_AUTHORS", "a text of one line", Names.TryLine),
        SendTimeout = TimeSpan.FromSeconds(section.Number("SEND_TIMEOUT", 60.0, 5, 600, " (seconds)")),
        LookUpPatience = TimeSpan.FromSeconds(section.Number("LOOKUP_PATIENCE", 600.0, 1, 86_400, " (seconds)")),
        PauseAfter = section.Number("PAUSE_AFTER", 5, 1, 100),
        RetryPause = TimeSpan.FromSeconds(section.Number("RETRY_PAUSE", 2.0, 0.05, 900, " (seconds)")),
        RetractionDays = section.Number("RETRACTION_DAYS", 30, 0, 3650),
        ConfirmStream = section.Optional<string>("CONFIRM_STREAM", "the ID of a stream of ALERT_STREAMS, or none", Names.TryLine),
    };

    /// <summary>Of whatever publishes messages of Hermes.</summary>
    private static DestinationConfiguration WithDialects(DestinationConfiguration destination, Section section) => destination with
    {
        Dialect = section.Choice("DIALECT", Dialects, HermesDialect.Toolkit) ?? HermesDialect.Toolkit,
        TopicDialects = ReadDialects(section.Object("DIALECTS")),
    };

    private static ImmutableDictionary<string, HermesDialect> ReadDialects(Section section)
    {
        var byTopic = ImmutableDictionary.CreateBuilder<string, HermesDialect>(StringComparer.Ordinal);
        foreach (var (topic, _) in section.Members)
        {
            if (!Names.IsTopic(topic))
            {
                section.Context.Fault(section.PathOf(topic), $"the name of a topic; allowed: {Names.TopicAllowed}");
            }

            byTopic[topic] = section.Choice(topic, Dialects, HermesDialect.Toolkit) ?? HermesDialect.Toolkit;
        }

        section.Close();
        return byTopic.ToImmutable();
    }

    private static DestinationConfiguration ReadTom(DestinationConfiguration destination, Section section)
    {
        if (section.Take("HERMES_API_KEY") is { } key)
        {
            section.Context.Fault(
                key.Path,
                "given for a destination without hermes in its name, which is another TOM, as in the Toolkit; rename the destination, give it the KIND hermes, or give USERNAME and PASSWORD instead");
            // Whether it was meant for Hermes or for a TOM, its other keys are not worth faults of their own.
            Array.ForEach(["DEFAULT_AUTHORS", "USERNAME", "PASSWORD"], other => section.Take(other));
            return destination;
        }

        return destination with
        {
            UserName = section.Required<string>("USERNAME", "a text of one line", Names.TryLine),
            Password = section.Secret("PASSWORD", required: true),
            CreateTargets = section.Choice("CREATE_TARGETS", new Dictionary<string, bool> { ["always"] = true, ["never"] = false }, true) ?? true,
            SendTimeout = TimeSpan.FromSeconds(section.Number("SEND_TIMEOUT", 60.0, 5, 600, " (seconds)")),
            PauseAfter = section.Number("PAUSE_AFTER", 5, 1, 100),
        };
    }

    private static bool IsLine(string text) => Names.TryLine(text, out _);

    private static bool TryUrl(string text, out Uri url) =>
        Uri.TryCreate(text, UriKind.Absolute, out url!) && url.Scheme is "http" or "https" && url.AbsolutePath.EndsWith('/')
        && text.EndsWith('/') && url.UserInfo.Length == 0 && url.Query.Length == 0 && url.Fragment.Length == 0 && url.Host.Length > 0;
}
