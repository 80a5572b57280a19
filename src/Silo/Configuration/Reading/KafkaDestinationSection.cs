using System.Collections.Immutable;

namespace TomOrleans.Silo.Configuration.Reading;

/// <summary>A destination that is a Kafka broker: the broker of a stream, or one of its own in a stream's words.</summary>
internal static class KafkaDestinationSection
{
    private static readonly string[] OwnConnection = ["BOOTSTRAP_SERVERS", "URL", "USERNAME", "PASSWORD", "CONFIG", "SSL_CA"];

    public static DestinationConfiguration Read(DestinationConfiguration destination, Section section)
    {
        destination = destination with
        {
            DefaultAuthors = section.Optional<string>("DEFAULT_AUTHORS", "a text of one line", Names.TryLine),
            SendTimeout = TimeSpan.FromSeconds(section.Number("SEND_TIMEOUT", 60.0, 5, 600, " (seconds)")),
            PauseAfter = section.Number("PAUSE_AFTER", 5, 1, 100),
            Stream = section.Optional<string>("STREAM", "the ID of a stream of ALERT_STREAMS", Names.TryId),
        };
        if (destination.Stream is not null)
        {
            foreach (var own in OwnConnection.Select(section.Take).OfType<Setting>())
            {
                section.Context.Fault(own.Path, "given beside STREAM, whose broker and account are used; leave one of them");
            }

            return destination;
        }

        var kind = destination.Kind == DestinationKind.Hopskotch ? StreamKind.Hopskotch : StreamKind.Kafka;
        var connection = ConnectionSection.Read(kind, section);
        var config = ClientConfigSection.Read(kind, section);
        List<ClientProperty> client = [.. connection.Properties.Where(property => config.Properties.All(own => own.Name != property.Name)), .. config.Properties];
        return destination with { Client = [.. client, .. AuthorityFiles.Complete(client, section)] };
    }

    public static void RefuseUnknownStreams(ImmutableArray<DestinationConfiguration> destinations, ImmutableArray<StreamConfiguration> streams, Section root)
    {
        var known = streams.Where(stream => stream is { Active: true, Kind: not StreamKind.Gcn }).Select(stream => stream.Id).ToList();
        foreach (var destination in destinations.Where(destination => destination.Stream is { } said && !known.Contains(said)))
        {
            root.Context.Fault(
                SettingPath.Below(SettingPath.Below("DATA_SHARING", destination.Name), "STREAM"),
                $"\"{destination.Stream}\" is no active stream that takes messages; allowed: {(known.Count == 0 ? "none is active" : string.Join(", ", known))}");
        }
    }
}
