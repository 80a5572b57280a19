using TomOrleans.Sandbox.Hermes;
using TomOrleans.Sandbox.Publishing;

namespace TomOrleans.Sandbox.Tests.Hermes;

/// <summary>The stand-in set up as the service was when the cases were recorded: five accounts, one message known before, topics that fail.</summary>
internal static class RecordedAccounts
{
    public const string Full = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    private const string KnownMessage = "11111111-2222-4333-8444-555555555555";

    public static Task<StandInHermes> StartAsync(IMessagePublisher publisher, string folder, bool dev, Guid retractable)
    {
        var archive = Path.Combine(folder, Guid.NewGuid() + ".jsonl");
        File.WriteAllLines(archive, new[] { KnownMessage, retractable.ToString() }.Select(id =>
            $$$"""{"metadata": {"topic": "hermes.test", "timestamp": 1795418600098}, "annotations": {"con_text_uuid": "{{{id}}}", "retracted": false}, "message": {}}"""));
        return StandInHermes.StartAsync(new StandInHermesOptions
        {
            Publisher = publisher,
            ArchivePath = archive,
            TestTopicsOnly = dev,
            Accounts =
            [
                new() { Token = Full, Email = "peer@example.org", CredentialName = "hermes-peer-cred" },
                new() { Token = new string('b', 40), CredentialName = null },
                new() { Token = new string('c', 40), HasProfile = false },
                new() { Token = new string('d', 40), IsActive = false },
                new() { Token = new string('e', 40), CredentialName = "hermes-peer-cred" },
            ],
        });
    }

    public static Exception? Refuse(HopMessage message) => message.Topic switch
    {
        "hermes.fault.timedout" => new PublishRefusedException("_MSG_TIMED_OUT", "Local: Message timed out"),
        "hermes.fault.unknown" => new PublishRefusedException("UNKNOWN_TOPIC_OR_PART", "Broker: Unknown topic or partition"),
        "hermes.fault.denied" => PublishRefusedException.NotWritable(),
        _ => null,
    };
}
