using System.Collections.Immutable;
using TomOrleans.Sharing;

namespace TomOrleans.Client.Tests.EndToEnd;

public sealed class SampleSharingGrain(SampleTom tom) : Grain, ISharingGrain
{
    public Task<Share> ShareAsync(ShareRequest request)
    {
        tom.ShareRequests.Enqueue(request);
        tom.ShareReads = 0;
        return Task.FromResult(Sample.Share with { Destination = this.GetPrimaryKeyString(), Topic = request.Topic, Target = request.Target });
    }

    public Task<SharePreview> PreviewAsync(ShareRequest request) => Task.FromResult(new SharePreview(
        this.GetPrimaryKeyString(), request.Topic, ["{\n  \"title\": \"\u001b[31mred\"\n}"], 2, ["1 retracted point"]));

    public Task WakeAsync() => Task.CompletedTask;

    public Task ConfirmAsync(Guid submissionKey, Guid messageId) => Task.CompletedTask;

    public Task<OpenedForm> OpenAsync(ShareRequest request) => Task.FromResult(new OpenedForm("https://hermes.lco.global/submit-message?id=42", 2, ["1 point: retracted"]));

    public Task<ShareVerdict> ValidateAsync(ShareRequest request) => Task.FromResult(new ShareVerdict(
        new(this.GetPrimaryKeyString(), request.Topic, ["{}", "{}"], 2, []), ["", "data.photometry[0] (SIM-001).bandpass: This field is required.\ntitle: \u001b[31mtoo long"]));

    public Task<ShareVerdict> ValidateMessageAsync(OwnMessage message) => Task.FromResult(new ShareVerdict(new(this.GetPrimaryKeyString(), message.Topic, [message.Text], 0, []), [""]));

    public Task<Share> ShareMessageAsync(OwnMessage message)
    {
        tom.OwnMessages.Enqueue(message);
        return Task.FromResult(Sample.Share with { Destination = this.GetPrimaryKeyString(), Topic = message.Topic, Points = 0 });
    }

    public Task<SharePreview> PreviewMessageAsync(OwnMessage message) => Task.FromResult(new SharePreview(this.GetPrimaryKeyString(), message.Topic, [message.Text], 0, []));

    public Task<Share> RetryAsync(long id, bool anyway) => id == Sample.BigId
        ? Task.FromResult(Sample.Share with { State = anyway ? ShareState.Queued : ShareState.Sending })
        : throw new TomException(TomFault.Conflict, $"Share {id} is delivered: only what was rejected or is unconfirmed is tried again.");

    public Task<Share> CancelAsync(long id) => Task.FromResult(Sample.Share with { Id = id, State = ShareState.Cancelled });

    public Task<RetractedShare> RetractAsync(long id, bool keepPoints) => Task.FromResult(new RetractedShare(["uuid-1"], keepPoints ? 0 : 2));

    public Task PauseAsync()
    {
        tom.Orders.Enqueue($"pause {this.GetPrimaryKeyString()}");
        return Task.CompletedTask;
    }

    public Task ResumeAsync()
    {
        tom.Orders.Enqueue($"resume {this.GetPrimaryKeyString()}");
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<string>> GetWritableTopicsAsync() => Task.FromResult<ImmutableArray<string>>(["hermes.test"]);
}

public sealed class SampleSharesGrain(SampleTom tom) : Grain, ISharesGrain
{
    public Task<SharePage> ListAsync(ShareQuery query) => Task.FromResult(new SharePage(
        1, [Sample.Share with { State = query.State ?? ShareState.Delivered, Destination = query.Destination ?? "any", Receipts = ["uuid-1"] }]));

    public Task<Share> GetAsync(long id)
    {
        tom.ShareReads++;
        tom.ShareWasRead.TrySetResult();
        return id == Sample.BigId
            ? Task.FromResult(tom.ShareAfter(tom.ShareReads))
            : throw new TomException(TomFault.NotFound, $"no share {id}");
    }

    public async Task<ShareDetail> GetDetailAsync(long id) => new(await GetAsync(id), Sample.ShareParts);

    public Task<string> GetBodyAsync(long id, int part) => Task.FromResult($$"""{"title":"part {{part}} of \u001b[31mred"}""");
}

public sealed class SampleAuditGrain : Grain, IAuditGrain
{
    public Task<AuditPage> ListAsync(AuditRequest request) => Task.FromResult(new AuditPage(1, [new()
    {
        AtMicroseconds = request.SinceMicroseconds ?? 1,
        Who = "anna \u001b[31m",
        Action = "share",
        Destination = request.Destination ?? "any",
        ShareId = Sample.BigId,
        Target = request.Target ?? "SIM-001",
        Points = 3,
        Spectra = 1,
        Detail = "a title",
        State = ShareState.Delivered,
    }]));
}

public sealed class SampleRetractionsGrain : Grain, IRetractionsGrain
{
    public Task<RetractionPage> ListAsync(int limit, int offset) => Task.FromResult(new RetractionPage(1, [new()
    {
        MessageId = Guid.Empty,
        FoundMicroseconds = 1,
        Destination = "hermes",
        Topic = "hermes.test",
        Title = "A \u001b[31mtitle",
        Points = 2,
        Spectra = 0,
        Shares = [new(Sample.BigId, "not-my-tom", null, IsOpen: true)],
    }]));

    public Task LookAsync() => Task.CompletedTask;
}
