using TomOrleans.Storage;

namespace TomOrleans.Grains.Sharing;

/// <summary>Storage's faults as callers of the grains may see them.</summary>
internal static class OutboxFaults
{
    public static async Task<T> TranslateAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (StorageUnavailableException fault)
        {
            throw new TomException(TomFault.Unavailable, fault.Message, fault);
        }
        catch (StorageException fault)
        {
            throw new TomException(TomFault.Invalid, fault.Message, fault);
        }
    }
}
