using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets.Toolkit;

/// <summary>Numbers for aliases and extra fields, which have rows of their own in the Toolkit: that of the target and the one within it. Below 2^53, as JavaScript needs it.</summary>
public static class ToolkitIds
{
    private const int PerTarget = 1 << 16;

    public static long Of(long target, int ordinal) => (target * PerTarget) + ordinal;

    public static (long Target, int Ordinal) Split(long id) => (id / PerTarget, (int)(id % PerTarget));

    /// <summary>The alias with this id; null where the target has none.</summary>
    public static string? Alias(Target target, long id)
    {
        var at = Split(id) is var (owner, ordinal) && owner == target.Id ? target.AliasOrdinals.IndexOf(ordinal) : -1;
        return at >= 0 ? target.Aliases[at] : null;
    }

    /// <summary>The extra field with this id; null where the target has none.</summary>
    public static TargetExtra? Extra(Target target, long id)
    {
        var (owner, ordinal) = Split(id);
        foreach (var extra in target.Extras)
        {
            if (owner == target.Id && extra.Ordinal == ordinal)
            {
                return extra;
            }
        }

        return null;
    }
}
