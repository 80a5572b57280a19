using TomOrleans.Storage;
using TomOrleans.Storage.Targets;

namespace TomOrleans.Grains.Targets;

/// <summary>From storage's refusals to those that cross grain calls.</summary>
internal static class TargetRefusals
{
    public static TomException Of(StorageException refusal) => new(
        refusal switch
        {
            StorageUnavailableException => TomFault.Unavailable,
            UnknownTargetException => TomFault.NotFound,
            NameTakenException or TargetChangedException or TargetConflictException => TomFault.Conflict,
            _ => TomFault.Invalid,
        },
        OneLine.Of(refusal.Message),
        refusal);

    /// <summary>Runs a change; what storage refuses comes out as <see cref="TomException"/>.</summary>
    public static async Task<T> TellAsync<T>(Func<Task<T>> change)
    {
        try
        {
            return await change();
        }
        catch (StorageException refusal)
        {
            throw Of(refusal);
        }
    }

    public static void ThrowIfAny(IReadOnlyList<string> faults, string what)
    {
        if (faults.Count > 0)
        {
            throw new TomException(TomFault.Invalid, OneLine.Of($"{what}: {string.Join("; ", faults)}."));
        }
    }
}
