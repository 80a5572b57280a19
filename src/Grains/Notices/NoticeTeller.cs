using TomOrleans.Grains.Operations;
using TomOrleans.Grains.Webhooks;
using TomOrleans.Notices;
using TomOrleans.Storage.Notices;

namespace TomOrleans.Grains.Notices;

/// <summary>
/// Tells the webhook what is new, all of a look in one POST: a thing that begins, gets worse or is over, but of one thing not more often than <see cref="NoticeOptions.Repeat"/>. At least
/// once: what was told is stored when the receiver has answered.
/// </summary>
public sealed class NoticeTeller(NoticeOptions options, WebhookSender sender, TomIdentity tom, TimeProvider time)
{
    /// <summary>They cannot be sent: told to those who look, not to whom they cannot be sent.</summary>
    public const string Kind = "notices";

    private const int Most = 100;

    private long _refusedUntil;

    /// <summary>Why notices do not arrive; null when they do, or when nobody is to be told.</summary>
    public NoticeCondition? Trouble { get; private set; }

    /// <summary>The rows as they are when the webhook has them; none where it has not, or there is nothing to tell.</summary>
    public async Task<IReadOnlyList<NoticeRow>> TellAsync(IReadOnlyCollection<NoticeRow> rows)
    {
        var now = Clock.Microseconds(time);
        if (options.Webhook is not { } webhook || now < _refusedUntil)
        {
            return [];
        }

        var due = rows.Where(row => IsDue(row, now)).OrderBy(row => row.LastMicroseconds).Take(Most).ToList();
        if (due.Count == 0)
        {
            return [];
        }

        var answer = await sender.PostAsync(webhook, NoticeBody.KeyOf(due), NoticeBody.Of(tom.Name, due));
        Trouble = answer switch
        {
            WebhookAnswer.Refused refused => Condition(webhook, refused.Words),
            WebhookAnswer.Unavailable unavailable => Condition(webhook, unavailable.Words),
            _ => null,
        };
        if (answer is WebhookAnswer.Refused)
        {
            _refusedUntil = now + (long)options.Repeat.TotalMicroseconds;
        }

        return answer is WebhookAnswer.Delivered
            ? [.. due.Select(row => row with { ToldMicroseconds = now, ToldMark = row.Mark, WasToldOpen = row.EndedMicroseconds is null })]
            : [];
    }

    private bool IsDue(NoticeRow row, long now)
    {
        var isOpen = row.EndedMicroseconds is null;
        return row.Kind != Kind
            && (isOpen ? !row.WasToldOpen || row.Mark > row.ToldMark : row.WasToldOpen)
            && (row.ToldMicroseconds is not { } told || now - told >= (long)options.Repeat.TotalMicroseconds);
    }

    private static NoticeCondition Condition(WebhookTarget webhook, string words) =>
        new(Kind, webhook.Url.Authority, NoticeLevel.Warning, $"Notices cannot be sent: {words}", 1, 1);
}
