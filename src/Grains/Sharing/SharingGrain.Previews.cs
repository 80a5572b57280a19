using System.Text;
using TomOrleans.Sharing;

namespace TomOrleans.Grains.Sharing;

/// <summary>What a share would be, shown or asked about without sending it.</summary>
public sealed partial class SharingGrain
{
    // The key is drawn when a share is sent: shown as zeros.
    public Task<SharePreview> PreviewAsync(ShareRequest request) => OutboxFaults.TranslateAsync(async () => Preview(await Drafter().DraftAsync(request, () => Guid.Empty)));

    public Task<SharePreview> PreviewMessageAsync(OwnMessage message) => Task.FromResult(Preview(Destination().BuildOwn(message, () => Guid.Empty)));

    public Task<ShareVerdict> ValidateAsync(ShareRequest request) => OutboxFaults.TranslateAsync(async () =>
    {
        var draft = await Drafter().DraftAsync(request, Guid.NewGuid);
        var objections = new List<string>();
        foreach (var part in draft.Plan.Parts)
        {
            objections.Add(await Destination().ValidateAsync(part.Body) ?? "");
        }

        return new ShareVerdict(Preview(draft), [.. objections]);
    });

    public Task<ShareVerdict> ValidateMessageAsync(OwnMessage message) => OutboxFaults.TranslateAsync(async () =>
    {
        var own = Destination().BuildOwn(message, Guid.NewGuid);
        return new ShareVerdict(Preview(own), [await Destination().ValidateAsync(own.Part.Body) ?? ""]);
    });

    public Task<OpenedForm> OpenAsync(ShareRequest request) => OutboxFaults.TranslateAsync(async () =>
    {
        var draft = await Drafter().DraftAsync(request, Guid.NewGuid);
        if (draft.Plan.Parts.Length > 1)
        {
            throw new TomException(TomFault.Invalid, $"That is {draft.Plan.Parts.Length} messages, and a form holds one: choose less, by --since or --band.");
        }

        var url = await Destination().OpenAsync(draft.Plan.Parts[0].Body);
        return new OpenedForm(url.AbsoluteUri, draft.Plan.PointCount, ShareSelection.Describe(draft.LeftOut), draft.Plan.SpectrumCount);
    });

    private SharePreview Preview(ShareDraft draft) => new(
        Name,
        draft.Request.Topic,
        [.. draft.Plan.Parts.Select(part => Destination().Describe(part.Body))],
        draft.Plan.PointCount,
        ShareSelection.Describe(draft.LeftOut),
        draft.Plan.SpectrumCount,
        draft.Plan.FileCount);

    private SharePreview Preview(OwnSubmission own) => new(Name, own.Topic, [Encoding.UTF8.GetString(own.Part.Body)], own.Points, []);
}
