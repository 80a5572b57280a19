using System.Collections.Immutable;
using Microsoft.Extensions.Hosting;
using Orleans.Concurrency;
using TomOrleans.Alerts;
using TomOrleans.Events;
using TomOrleans.Notices;
using TomOrleans.Operations;
using TomOrleans.Sharing;
using TomOrleans.SkyEvents;
using TomOrleans.Targets;

namespace TomOrleans.Client.Tests.EndToEnd;

public sealed class SampleTomGrain : Grain, ITomGrain
{
    public Task<TomStatus> GetStatusAsync() => Task.FromResult(Sample.Status);

    public Task<ImmutableArray<CheckResult>> CheckAsync() => Task.FromResult<ImmutableArray<CheckResult>>(
    [
        new("one", "database", CheckState.Ok, "answers in 0.3 ms"),
        new(null, "stream hop", CheckState.Failed, "refused: no such user\u001b[31m", "check the account"),
        new("one", "clock", CheckState.Warning, "differs by 3.0 s", "set both by NTP"),
    ]);

    public Task<ReloadReport> ReloadAsync(bool dryRun) => Task.FromResult(new ReloadReport
    {
        Applied = dryRun ? [] : ["one", "two"],
        Faults = [],
        Changes = [new("DATA_SHARING.hermes.BASE_URL", "https://one.example/", "https://two.example/"), new("DATA_SHARING.hermes.HERMES_API_KEY", "(set)", "(set)")],
    });
}

public sealed class SampleNoticesGrain : Grain, INoticesGrain
{
    public Task<ImmutableArray<Notice>> ListAsync() => Task.FromResult<ImmutableArray<Notice>>([Sample.Notice, Sample.Notice with { Id = 9, EndedMicroseconds = Sample.Time }]);

    public Task<int> SeenAsync(ImmutableArray<long> ids) => Task.FromResult(ids.IsEmpty ? 1 : ids.Length);

    public Task LookAsync() => Task.CompletedTask;
}

public sealed class SampleTargetDirectoryGrain : Grain, ITargetDirectoryGrain
{
    public Task<Target> FindAsync(string name) => name switch
    {
        "SIM-001" => Task.FromResult(Sample.Target),
        "crash" => throw new InvalidOperationException("a bug\nof ours"),
        _ => throw new TomException(TomFault.NotFound, $"no target '{name}'; close to it: SIM-001"),
    };

    /// <summary>Tells what was asked in the page's name, so that a test sees the query arrive.</summary>
    public Task<TargetPage> ListAsync(TargetQuery query) => Task.FromResult(new TargetPage(
        7,
        [
            Sample.Target,
            Sample.Target with { Id = 2, Name = $"{query.Text}|{query.Cone}|{query.Limit}|{query.Offset}", Aliases = [], Latest = null },
        ]));

    public Task<Target> FindByTextAsync(string text) => text == "many" ? throw new TomException(TomFault.Ambiguous, "'many' is a part of 2: A, B.") : FindAsync(text);

    public Task<ImmutableArray<TargetMatch>> ResolveAsync(ImmutableArray<string> asked) =>
        Task.FromResult(asked.Select(name => name == "SIM-001" ? new TargetMatch(name, Sample.BigId, "SIM-001") : new(name, null, null)).ToImmutableArray());

    /// <summary>Answers what was asked for, so that a test sees it arrive.</summary>
    public Task<Target> AddAsync(TargetDraft draft) => Task.FromResult(Sample.Target with
    {
        Name = draft.Name,
        Aliases = draft.Aliases,
        Type = draft.Type,
        RightAscensionDegrees = draft.RightAscensionDegrees,
        DeclinationDegrees = draft.DeclinationDegrees,
        Astrometry = draft.Astrometry,
        Elements = draft.Elements,
        Extras = draft.Extras,
        Lists = [.. draft.Lists.Select(list => new TargetListName(1, list))],
    });

    public Task<TargetMerged> MergeAsync(long from, long into) => Task.FromResult(new TargetMerged(Sample.Target, Sample.Undo, 12, 3));

    public Task<TargetUndo> RemoveAsync(long id) => Task.FromResult(Sample.Undo with { Kind = TargetUndoKind.Remove, IntoId = null, IntoName = null });

    public Task SearchLogAsync(long id, double? radiusDegrees) => Task.CompletedTask;

    public Task<ImmutableArray<TargetUndo>> ListUndosAsync() => Task.FromResult<ImmutableArray<TargetUndo>>([Sample.Undo]);

    public Task<TargetUndone> UndoAsync(long undo) => undo == Sample.Undo.Id
        ? Task.FromResult(new TargetUndone(Sample.Target, ["lost"]))
        : throw new TomException(TomFault.NotFound, $"There is no merge or removal {undo} that can be undone.");
}

public sealed class SampleTargetListsGrain : Grain, ITargetListsGrain
{
    public Task<ImmutableArray<TargetList>> ListAsync() => Task.FromResult<ImmutableArray<TargetList>>([Of("follow up", 2)]);

    public Task<TargetList> AddAsync(string list, ImmutableArray<long> targets) => Task.FromResult(Of(list, targets.Length));

    public Task<TargetList> TakeOutAsync(string list, ImmutableArray<long> targets) => Task.FromResult(Of(list, 0));

    public Task<TargetList> RenameAsync(string list, string name) => Task.FromResult(Of(name, 2));

    public Task<TargetList> RemoveAsync(string list) => Task.FromResult(Of(list, 2));

    private static TargetList Of(string name, long targets) => new() { Id = 7, Name = name, Targets = targets, CreatedMicroseconds = Sample.Time, CreatedBy = "ada" };
}

public sealed class SampleSkyEventsGrain : Grain, ISkyEventsGrain
{
    /// <summary>Tells what was asked in the event's title.</summary>
    public Task<SkyEventPage> ListAsync(SkyEventQuery query) => Task.FromResult(new SkyEventPage(
        7, [Sample.SkyEvent with { Title = $"{query.Topic}|{query.SinceMicroseconds}|{query.Text}|{query.Kind}|{query.Target}|{query.Limit}|{query.Offset}" }]));

    public Task<SkyEventDetail> GetAsync(string id, int? version) => id == Sample.SkyEvent.Id && version is null or 1
        ? Task.FromResult(Sample.SkyEventDetail with { Version = Sample.SkyEventDetail.Versions[(version ?? 2) - 1] })
        : throw new TomException(TomFault.NotFound, $"There is no event '{id}'.");

    public Task<ImmutableArray<TargetSkyEvent>> OfTargetAsync(long targetId) =>
        Task.FromResult<ImmutableArray<TargetSkyEvent>>(targetId == Sample.BigId ? [Sample.TargetEvent] : []);
}

public sealed class SampleTargetGrain : Grain, ITargetGrain
{
    public Task<Target> GetAsync() => Task.FromResult(Sample.Target);

    public Task<ImmutableArray<PhotometryPoint>> GetPhotometryAsync() => this.GetPrimaryKeyLong() == Sample.BigId
        ? Task.FromResult<ImmutableArray<PhotometryPoint>>([Sample.Detection, Sample.Limit])
        : throw new TomException(TomFault.NotFound, "wrong id");

    public Task<ImmutableArray<PointFate>> RecordPhotometryAsync(ImmutableArray<PhotometryPoint> points) => throw new NotSupportedException();

    public Task<Target> EditAsync(TargetEdit edit) => Task.FromResult(Sample.Target with
    {
        Name = edit.Name,
        Type = edit.Type,
        RightAscensionDegrees = edit.RightAscensionDegrees,
        DeclinationDegrees = edit.DeclinationDegrees,
        Astrometry = edit.Astrometry,
        Elements = edit.Elements,
        Extras = edit.Extras,
    });

    public Task<Target> AddAliasesAsync(ImmutableArray<string> aliases) => Task.FromResult(Sample.Target with { Aliases = [.. Sample.Target.Aliases, .. aliases] });

    public Task<Target> RemoveAliasesAsync(ImmutableArray<string> aliases) => Task.FromResult(Sample.Target with { Aliases = [.. Sample.Target.Aliases.Except(aliases)] });

    public Task ForgetAsync() => throw new NotSupportedException();
}

/// <summary>A file in two pages; tells in it what was asked.</summary>
public sealed class SampleTargetPhotometryGrain(SampleTom tom) : Grain, ITargetPhotometryGrain
{
    public Task<ImmutableArray<PointHistory>> GetHistoryAsync() => Task.FromResult<ImmutableArray<PointHistory>>(
    [
        new(Sample.Detection with { Key = PointKeys.Format(1, 2) }, IsShown: true, PointKeys.Format(1, 2)),
        new(Sample.Detection with { Key = PointKeys.Format(1, 3), Brightness = 17 }, IsShown: false, PointKeys.Format(1, 2)),
        new(Sample.Detection with { Key = PointKeys.Format(4, 2), Origin = "broker" }, IsShown: false, PointKeys.Format(1, 2)),
    ]);

    public Task<int> RetractAsync(ImmutableArray<string> keys, bool retracted)
    {
        tom.Retractions.Enqueue($"{string.Join(' ', keys)} {retracted}");
        return Task.FromResult(keys.Length);
    }

    public Task<PhotometryFilePage> ExportAsync(PhotometryFileFormat format, int from) =>
        Task.FromResult(new PhotometryFilePage(System.Text.Encoding.UTF8.GetBytes($"{format},{from}\n"), from == 0 ? 7 : null, 1, 0));

    public Task<byte[]> GetLightCurveAsync() => throw new NotSupportedException();
}

/// <summary>Two files, whose content is their name.</summary>
public sealed class SampleDataProductsGrain(SampleTom tom) : Grain, IDataProductsGrain
{
    public Task<DataProductPage> ListAsync(long? target, int offset, int limit) => Task.FromResult(new DataProductPage(2, [.. new[] { File(3, "night\u001b 1.csv"), File(4, "x.fits") }.Skip(offset).Take(limit)]));

    public Task<DataProductContent> GetContentAsync(long id) => Task.FromResult(new DataProductContent(File(id, "x"), [1, 2, 3]));

    public Task<DataProduct> AddAsync(DataProductDraft draft) => throw new NotSupportedException();

    public Task RemoveAsync(long id)
    {
        tom.Retractions.Enqueue($"file {id}");
        return Task.CompletedTask;
    }

    private static DataProduct File(long id, string name) =>
        new() { Id = id, Target = Sample.Target.Id, Type = "photometry", FileName = name, ExtraData = "", Size = 3, CreatedMicroseconds = 0, CreatedBy = "anna" };
}

/// <summary>Takes any file; its first row is stored, the others are refused.</summary>
public sealed class SampleImportGrain(SampleTom tom) : Grain, IPhotometryImportGrain
{
    private readonly List<byte> _bytes = [];
    private PhotometryImportRequest? _request;

    public Task UploadAsync(int part, byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return Task.CompletedTask;
    }

    public Task StartAsync(PhotometryImportRequest request)
    {
        _request = request;
        tom.Imports.Enqueue((request, _bytes.Count));
        return Task.CompletedTask;
    }

    public Task<PhotometryImportStatus> GetStatusAsync() => Task.FromResult(new PhotometryImportStatus
    {
        State = _request is null ? ImportState.Waiting : _request.SkipBad ? ImportState.Done : ImportState.Refused,
        Format = "toolkit",
        Rows = 2,
        Judged = 2,
        Fates = [1, 0, 0, 0, 0, 1, 0],
        Reason = "1 of 2 rows cannot be read\u001b[31m",
        Remarks = ["column 'time' is time"],
        Targets = ["SIM-001"],
    });

    public Task<ImmutableArray<ImportedRow>> GetRowsAsync(int offset, int limit) => Task.FromResult<ImmutableArray<ImportedRow>>(
        [.. new ImportedRow[] { new(2, ImportFate.Stored, "SIM-001", null), new(3, ImportFate.Refused, "SIM-001", "time 'x' is no \u001b[5mtime") }.Skip(offset).Take(limit)]);
}

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

/// <summary>Tells of everything once, then of nothing more.</summary>
[Reentrant]
public sealed class SampleEventFeedGrain(SampleTom tom, IHostApplicationLifetime lifetime) : Grain, IEventFeedGrain
{
    private static readonly EventCursor Start = new(Guid.Empty, 7);

    public async Task<EventPage> NextAsync(EventCursor? since)
    {
        if (since is null)
        {
            return new([], Start, IsGap: false);
        }

        if (since == Start)
        {
            return new([.. Sample.Events], Start with { Next = 8 }, IsGap: true);
        }

        tom.EventsWereRead.TrySetResult();
        await Task.Delay(Timeout.Infinite, lifetime.ApplicationStopping);
        return new([], since.Value, IsGap: false);
    }
}

/// <summary>Knows the message <see cref="Sample.BigId"/> alone; asked for all, answers in two pages.</summary>
public sealed class SampleParkedGrain(SampleTom tom) : Grain, IParkedGrain
{
    public Task<ParkedPage> ListAsync(ParkedQuery query) => Task.FromResult(new ParkedPage(
        1, [Sample.Parked with { Handler = query.Handler ?? "hermes", Reason = $"{query.Topic ?? "any"}: unreadable" }]));

    public Task<ParkedDetail> GetAsync(long id) => id == Sample.BigId
        ? Task.FromResult(Sample.ParkedDetail)
        : throw new TomException(TomFault.NotFound, $"there is no parked message {id}; tom parked lists them");

    public Task<ParkedRetried> RetryAsync(ParkedSelection selection)
    {
        tom.ParkedSelections.Enqueue(selection);
        return Task.FromResult(new ParkedRetried
        {
            Handled = selection.Ids.Count(id => id == Sample.BigId) + (selection.All ? 2 : 0),
            StillParked = [.. selection.Ids.Where(id => id != Sample.BigId).Select(id => new ParkedReason(id, "still no \u001b[5mtime"))],
            Next = selection is { All: true, After: 0 } ? 7 : null,
        });
    }

    public Task<ParkedDropped> DropAsync(ParkedSelection selection)
    {
        tom.ParkedSelections.Enqueue(selection);
        return Task.FromResult(new ParkedDropped
        {
            Dropped = selection.Ids.Count(id => id == Sample.BigId) + (selection.All ? 2 : 0),
            NotDropped = [.. selection.Ids.Where(id => id != Sample.BigId).Select(id => new ParkedReason(id, "it was dropped before"))],
            Next = selection is { All: true, After: 0 } ? 7 : null,
        });
    }
}
