using System.Collections.Immutable;
using System.Text.Json;
using Orleans.Concurrency;
using TomOrleans.Grains.Security;
using TomOrleans.Storage.MovingIn;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets.MovingIn;

/// <summary>Takes another TOM over, answer by answer. Holds nothing: how far it is, is in the tables.</summary>
[GrainType("moving-in"), StatelessWorker]
public sealed class MovingInGrain(MoveTable moves, TargetArrival targets, DataArrival data, TimeProvider time) : Grain, IMovingInGrain
{
    /// <summary>Names as they are stored: add, never rename.</summary>
    private static readonly JsonSerializerOptions Stored = new(JsonSerializerDefaults.Web);

    private string Site => this.GetPrimaryKeyString();

    public Task<MovingInState> BeginAsync(bool anew) => TargetRefusals.TellAsync(async () =>
    {
        var row = await moves.BeginAsync(Site, anew, RequestContext.Get(ClientCallFilter.CallerKey) as string ?? "this TOM", Clock.Microseconds(time));
        var outcomes = await moves.OutcomesAsync(Site);
        return new MovingInState
        {
            StartedMicroseconds = row.StartedMicroseconds,
            StartedBy = row.StartedBy,
            Done = [.. outcomes.Select(outcome => JsonSerializer.Deserialize<MovedOutcome>(outcome, Stored)!)],
        };
    });

    public Task<ImmutableArray<int>> FindAlikeAsync(ImmutableArray<string> names)
    {
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        return Task.FromResult(TargetRules.OrEmpty(names).Select((name, i) =>
            TargetNames.Normalise(name) is { Length: > 0 } normalised && !first.TryAdd(normalised, i) ? first[normalised] : i).ToImmutableArray());
    }

    public Task<MovedTarget> TakeTargetAsync(ToolkitTargetText target) => targets.TakeAsync(target);

    public Task<MovedData> TakeDataAsync(ToolkitDataPage page)
    {
        if (page is { DryRun: false, Target: null } || page.Json.Length > ToolkitDataPage.MaxBytes || !Uri.TryCreate(Site, UriKind.Absolute, out _))
        {
            throw new TomException(TomFault.Invalid, $"A page of data belongs to a target and has at most {ToolkitDataPage.MaxBytes:N0} bytes.");
        }

        try
        {
            return data.TakeAsync(ArrivingData.Read(page, Site, Clock.Microseconds(time)), page);
        }
        catch (JsonException fault)
        {
            throw new TomException(TomFault.Invalid, OneLine.Of($"The page of data cannot be read: {fault.Message}"));
        }
    }

    public Task EndTargetAsync(MovedOutcome outcome) => TargetRefusals.TellAsync(async () =>
    {
        await moves.EndTargetAsync(Site, outcome.RemoteId, JsonSerializer.Serialize(outcome with { Notes = [.. outcome.Notes.Take(MovedOutcome.MostNotes)] }, Stored));
        return true;
    });

    public Task EndAsync() => TargetRefusals.TellAsync(async () =>
    {
        await moves.EndAsync(Site, Clock.Microseconds(time));
        return true;
    });
}
