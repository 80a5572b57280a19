using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using TomOrleans.Alerts;
using TomOrleans.Notices;
using TomOrleans.Operations;
using TomOrleans.Sharing;
using TomOrleans.SkyEvents;
using TomOrleans.Targets;

namespace TomOrleans.Integration.Tests.Page;

// Stand-ins for the grains that the pages call, over a PageWorld. Their names follow no interface's, so that the real ones are taken wherever both are present.

[GrainType("page-test.tom")]
public sealed class TomOfThePageTests(PageWorld world) : Grain, ITomGrain
{
    public Task<TomStatus> GetStatusAsync() => world.Fault is { } fault ? Task.FromException<TomStatus>(fault) : Task.FromResult(world.Status);

    public Task<ImmutableArray<CheckResult>> CheckAsync() => Task.FromResult(ImmutableArray<CheckResult>.Empty);

    public Task<ReloadReport> ReloadAsync(bool dryRun) => Task.FromResult(new ReloadReport { Applied = [], Faults = [], Changes = [] });
}

[GrainType("page-test.notices")]
public sealed class NoticesOfThePageTests(PageWorld world) : Grain, INoticesGrain
{
    public Task<ImmutableArray<Notice>> ListAsync() => Task.FromResult(world.Notices);

    public Task<int> SeenAsync(ImmutableArray<long> ids)
    {
        world.Notices = [.. world.Notices.Select(notice => ids.IsEmpty || ids.Contains(notice.Id)
            ? notice with { SeenMicroseconds = notice.LastMicroseconds, SeenBy = RequestContext.Get("tom.caller") as string }
            : notice)];
        return Task.FromResult(1);
    }

    public Task LookAsync() => Task.CompletedTask;
}

[GrainType("page-test.directory")]
public sealed class DirectoryOfThePageTests(PageWorld world) : Grain, ITargetDirectoryGrain
{
    public Task<Target> FindAsync(string name) =>
        Task.FromResult(world.Targets.FirstOrDefault(target => target.Name == name || target.Aliases.Contains(name)) ?? throw new TomException(TomFault.NotFound, $"There is no target '{name}'."));

    public Task<TargetPage> ListAsync(TargetQuery query)
    {
        var found = world.Targets.Where(target => query.Text is null || target.Name.Contains(query.Text, StringComparison.OrdinalIgnoreCase)).ToList();
        var sorted = query.LatestFirst ? found.OrderByDescending(target => target.LatestMicroseconds) : found.OrderBy(target => target.Name, StringComparer.Ordinal);
        return Task.FromResult(new TargetPage(found.Count, [.. sorted.Skip(query.Offset).Take(query.Limit)]));
    }

    public Task<Target> FindByTextAsync(string text) => FindAsync(text);

    public Task<ImmutableArray<TargetMatch>> ResolveAsync(ImmutableArray<string> asked) => throw new NotSupportedException();

    public Task<Target> AddAsync(TargetDraft draft) => throw new NotSupportedException();

    public Task<TargetMerged> MergeAsync(long from, long into) => throw new NotSupportedException();

    public Task<TargetUndo> RemoveAsync(long id) => throw new NotSupportedException();

    public Task SearchLogAsync(long id, double? radiusDegrees) => throw new NotSupportedException();

    public Task<ImmutableArray<TargetUndo>> ListUndosAsync() => Task.FromResult(ImmutableArray<TargetUndo>.Empty);

    public Task<TargetUndone> UndoAsync(long undo) => throw new NotSupportedException();
}

[GrainType("page-test.products")]
public sealed class ProductsOfThePageTests : Grain, IDataProductsGrain
{
    public Task<DataProductPage> ListAsync(long? target, int offset, int limit) => Task.FromResult(new DataProductPage(0, []));

    public Task CheckAsync(DataProductDraft draft) => throw new NotSupportedException();

    public Task<DataProductPage> SearchAsync(string text, int offset, int limit) => throw new NotSupportedException();

    public Task<DataProduct> AddAsync(DataProductDraft draft) => throw new NotSupportedException();

    public Task<DataProductContent> GetContentAsync(long id) => throw new NotSupportedException();

    public Task RemoveAsync(long id) => throw new NotSupportedException();
}

[GrainType("page-test.lists")]
public sealed class ListsOfThePageTests : Grain, ITargetListsGrain
{
    public Task<ImmutableArray<TargetList>> ListAsync() => Task.FromResult(ImmutableArray<TargetList>.Empty);

    public Task<TargetList> AddAsync(string list, ImmutableArray<long> targets) => throw new NotSupportedException();

    public Task<TargetList> TakeOutAsync(string list, ImmutableArray<long> targets) => throw new NotSupportedException();

    public Task<TargetList> RenameAsync(string list, string name) => throw new NotSupportedException();

    public Task<TargetList> RemoveAsync(string list) => throw new NotSupportedException();
}

[GrainType("page-test.target")]
public sealed class TargetOfThePageTests(PageWorld world) : Grain, ITargetGrain
{
    public Task<Target> GetAsync() => Task.FromResult(world.Target(this.GetPrimaryKeyLong()));

    public Task<ImmutableArray<PhotometryPoint>> GetPhotometryAsync() => Task.FromResult(world.Points(this.GetPrimaryKeyLong()));

    public Task<ImmutableArray<PointFate>> RecordPhotometryAsync(ImmutableArray<PhotometryPoint> points) => throw new NotSupportedException();

    public Task<Target> EditAsync(TargetEdit edit) => throw new NotSupportedException();

    public Task<Target> AmendAsync(TargetAmendment amendment) => throw new NotSupportedException();

    public Task<Target> AddAliasesAsync(ImmutableArray<string> aliases) => throw new NotSupportedException();

    public Task<Target> RemoveAliasesAsync(ImmutableArray<string> aliases) => throw new NotSupportedException();

    public Task ForgetAsync() => throw new NotSupportedException();
}

[GrainType("page-test.spectra")]
public sealed class SpectraOfThePageTests(PageWorld world) : Grain, ITargetSpectraGrain
{
    public Task<ImmutableArray<PointFate>> RecordAsync(ImmutableArray<Spectrum> spectra) => throw new NotSupportedException();

    public Task<ImmutableArray<SpectrumHead>> ListAsync() => Task.FromResult<ImmutableArray<SpectrumHead>>([.. world.Spectra.Select(spectrum => spectrum.Head)]);

    public Task<Spectrum> GetAsync(long id) => Task.FromResult(world.Spectra.Single(spectrum => spectrum.Head.Id == id));

    public Task<SpectrumReceipt> ImportAsync(SpectrumFile file) => throw new NotSupportedException();
}

[GrainType("page-test.parked")]
public sealed class ParkedOfThePageTests(PageWorld world) : Grain, IParkedGrain
{
    public Task<ParkedPage> ListAsync(ParkedQuery query) => Task.FromResult(new ParkedPage(world.Parked.Length, [.. world.Parked.Skip(query.Offset).Take(query.Limit)]));

    public Task<ParkedDetail> GetAsync(long id) => Task.FromResult(new ParkedDetail
    {
        Message = world.Parked.FirstOrDefault(message => message.Id == id) ?? throw new TomException(TomFault.NotFound, $"There is no parked message {id}."),
        Headers = [new("_sender", "survey-robot")],
        Value = Skies.ForeignText,
        Text = Encoding.UTF8.GetString(Skies.ForeignText),
        Format = AlertFormat.Text,
    });

    public Task<ParkedRetried> RetryAsync(ParkedSelection selection)
    {
        world.Note("retry", selection);
        var meant = Meant(selection);
        var handled = meant.Where(message => message.Reason.StartsWith("2 of", StringComparison.Ordinal)).ToList();
        world.Parked = world.Parked.RemoveRange(handled);
        return Task.FromResult(new ParkedRetried { Handled = handled.Count, StillParked = [.. meant.Except(handled).Select(message => new ParkedReason(message.Id, message.Reason))] });
    }

    public Task<ParkedDropped> DropAsync(ParkedSelection selection)
    {
        world.Note("drop", selection);
        var meant = Meant(selection);
        world.Parked = world.Parked.RemoveRange(meant);
        return Task.FromResult(new ParkedDropped { Dropped = meant.Count });
    }

    private List<ParkedMessage> Meant(ParkedSelection selection) => [.. world.Parked.Where(message => selection.All || selection.Ids.Contains(message.Id))];
}

[GrainType("page-test.messages")]
public sealed class MessagesOfThePageTests(PageWorld world) : Grain, IMessagesGrain
{
    public Task<MessagePage> ListAsync(MessageQuery query)
    {
        var found = world.Messages.Select(detail => detail.Message)
            .Where(message => query.Topic is null || $"{message.Location.Stream}/{message.Location.Topic}" == query.Topic)
            .Where(message => message.TimestampMicroseconds >= (query.SinceMicroseconds ?? 0))
            .Where(message => message.Number > (query.After ?? 0) && message.Number < (query.Before ?? long.MaxValue))
            .OrderBy(message => message.Number).ToList();
        return Task.FromResult(new MessagePage([.. query.After is null ? found.TakeLast(query.Limit) : found.Take(query.Limit)], Keeps: true));
    }

    public Task<MessageDetail> GetAsync(string id) =>
        Task.FromResult(world.Messages.FirstOrDefault(detail => detail.Message.Location.ToString() == id) ?? throw new TomException(TomFault.NotFound, $"The log has no message {id}."));
}

[GrainType("page-test.sky-events")]
public sealed class SkyEventsOfThePageTests(PageWorld world) : Grain, ISkyEventsGrain
{
    public Task<SkyEventPage> ListAsync(SkyEventQuery query)
    {
        var found = world.SkyEvents.Where(detail => query.Kind is null || detail.Event.Kind == query.Kind)
            .Where(detail => query.Target is null || detail.Targets.Any(link => link.Target == query.Target))
            .Where(detail => detail.Event.LastMicroseconds >= (query.SinceMicroseconds ?? 0)).Select(detail => detail.Event).ToList();
        return Task.FromResult(new SkyEventPage(found.Count, [.. found.Skip(query.Offset).Take(query.Limit)]));
    }

    public Task<SkyEventDetail> GetAsync(string id, int? version)
    {
        var detail = world.SkyEvents.FirstOrDefault(detail => detail.Event.Id == id) ?? throw new TomException(TomFault.NotFound, $"There is no event '{id}'.");
        var shown = detail.Versions.First(one => one.Number == (version ?? detail.Event.Latest));
        return Task.FromResult(detail with { Version = shown, Text = $"{detail.Text}\nText of version {shown.Number}" });
    }

    public Task<ImmutableArray<TargetSkyEvent>> OfTargetAsync(long targetId) => Task.FromResult<ImmutableArray<TargetSkyEvent>>(
        [.. world.SkyEvents.SelectMany(detail => detail.Targets.Where(link => link.Target == world.Target(targetId).Name).Select(link => new TargetSkyEvent(detail.Event, link.Name, link.SeparationDegrees)))]);
}

[GrainType("page-test.continuous-shares")]
public sealed class ContinuousOfThePageTests : Grain, IContinuousSharesGrain
{
    public Task<ImmutableArray<ContinuousShare>> ListAsync(ContinuousShareQuery query) => Task.FromResult(ImmutableArray<ContinuousShare>.Empty);

    public Task<ContinuousShare> AddAsync(ContinuousShareRequest request) => throw new NotSupportedException();

    public Task<ContinuousShare> RemoveAsync(long id) => throw new NotSupportedException();
}

[GrainType("page-test.shares")]
public sealed class SharesOfThePageTests(PageWorld world) : Grain, ISharesGrain
{
    public Task<SharePage> ListAsync(ShareQuery query)
    {
        var found = world.Shares.Where(share => query.State is null || share.State == query.State).ToList();
        return Task.FromResult(new SharePage(found.Count, [.. found.Skip(query.Offset).Take(query.Limit)]));
    }

    public Task<Share> GetAsync(long id) => Task.FromResult(world.Shares.First(share => share.Id == id));

    public Task<ShareDetail> GetDetailAsync(long id) => throw new NotSupportedException();

    public Task<string> GetBodyAsync(long id, int part) => throw new NotSupportedException();
}

[GrainType("page-test.sharing")]
public sealed class SharingOfThePageTests(PageWorld world) : Grain, ISharingGrain
{
    public Task ConfirmAsync(Guid submissionKey, Guid messageId) => Task.CompletedTask;

    public Task<SharePreview> PreviewAsync(ShareRequest request)
    {
        var body = JsonSerializer.Serialize(new { title = request.Title ?? $"Updated data for {request.Target} from Las Campanas TOM.", topic = request.Topic, message_text = request.Message ?? "" }, JsonSerializerOptions.Web);
        return Task.FromResult(new SharePreview(this.GetPrimaryKeyString(), request.Topic, [body], 3, ["2 points of 2026-07-01: retracted"]));
    }

    public Task<ShareVerdict> ValidateAsync(ShareRequest request) => throw new NotSupportedException();

    public Task<ShareVerdict> ValidateMessageAsync(OwnMessage message) => throw new NotSupportedException();

    public Task<Share> ShareAsync(ShareRequest request)
    {
        var share = new Share
        {
            Id = world.Shares.Length + 1,
            Destination = this.GetPrimaryKeyString(),
            Topic = request.Topic,
            Target = request.Target,
            Title = request.Title ?? "Updated data",
            State = ShareState.Queued,
            Points = 3,
            Parts = 1,
            PartsDelivered = 0,
            Receipts = [],
            Attempts = 0,
            CreatedMicroseconds = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1000,
            CreatedBy = "sandbox",
        };
        world.Shares = [share, .. world.Shares];
        return Task.FromResult(share);
    }

    public Task WakeAsync() => Task.CompletedTask;

    public Task<OpenedForm> OpenAsync(ShareRequest request) => Task.FromResult(new OpenedForm("https://hermes.lco.global/submit-message?id=42", 3, []));

    public Task<Share> ShareMessageAsync(OwnMessage message) => throw new NotSupportedException();

    public Task<SharePreview> PreviewMessageAsync(OwnMessage message) => throw new NotSupportedException();

    public Task<Share> RetryAsync(long id, bool anyway) => throw new NotSupportedException();

    public Task<Share> CancelAsync(long id) => throw new NotSupportedException();

    public Task<RetractedShare> RetractAsync(long id, bool keepPoints) => throw new NotSupportedException();

    public Task PauseAsync() => throw new NotSupportedException();

    public Task ResumeAsync() => throw new NotSupportedException();

    public Task<ImmutableArray<string>> GetWritableTopicsAsync() => throw new NotSupportedException();
}
