using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Lanes;
using TomOrleans.Storage.Messages;

namespace TomOrleans.Grains.Alerts.Messages;

/// <summary>
/// The built-in handler <c>archive</c>: keeps every message in the log as it came, unreadable ones and tests too. Exactly once: its rows are written with the move of its cursor.
/// Its lane is first in line, so that no handler sees a message that is not kept.
/// </summary>
public sealed class MessageKeeper(HandlerDefinition definition, TimeProvider time) : ILaneJudge
{
    /// <summary>Its name, and its id in every topic.</summary>
    public const string Name = "archive";

    private static readonly string[] HeartbeatTopics = ["sys.heartbeat", "gcn.heartbeat"];

    /// <summary>One message a second of no use to anybody: kept only where the topic's own entry says so.</summary>
    public static bool IsHeartbeat(string topic) => HeartbeatTopics.Contains(topic, StringComparer.Ordinal);

    public Task<ImmutableArray<Verdict>> JudgeAsync(ImmutableArray<Alert> due)
    {
        var verdicts = new Verdict[due.Length];
        Array.Fill(verdicts, Keeps(due) ? Verdict.Handled : Verdict.Ignored("heartbeat"));
        return Task.FromResult(ImmutableCollectionsMarshal.AsImmutableArray(verdicts));
    }

    public IReadOnlyList<NewMessage> Keep(ImmutableArray<Alert> due)
    {
        if (!Keeps(due))
        {
            return [];
        }

        var now = Clock.Microseconds(time);
        var messages = new NewMessage[due.Length];
        for (var i = 0; i < messages.Length; i++)
        {
            var alert = due[i];
            messages[i] = new(
                alert.Location.Offset,
                alert.TimestampMicroseconds,
                now,
                alert.MessageId,
                alert.Key.IsEmpty ? null : alert.Key.ToArray(),
                HeaderBytes.Write(alert.Headers),
                PackedValue.Of(alert.Value.Span));
        }

        return messages;
    }

    private bool Keeps(ImmutableArray<Alert> due) => definition.KeepsHeartbeats || due.IsEmpty || !IsHeartbeat(due[0].Location.Topic);
}
