using System.Collections.Immutable;
using TomOrleans.Targets;

namespace TomOrleans.Client.Tests.EndToEnd;

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
    public Task<Target> AddAsync(TargetDraft draft) => draft.Name == "taken" ? throw new TomException(TomFault.Conflict, "'taken' is an alias of SIM-001.") : Task.FromResult(Sample.Target with
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

    public Task<Target> AmendAsync(TargetAmendment amendment) => throw new NotSupportedException();

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

    public Task CheckAsync(DataProductDraft draft) => throw new NotSupportedException();

    public Task<DataProductPage> SearchAsync(string text, int offset, int limit) => throw new NotSupportedException();

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
