namespace TomOrleans.Grains.Targets.Homes;

/// <summary>
/// Which of some silos a target lives in: every silo of a cluster answers the same, the targets are shared evenly, and a silo that comes or goes moves its own share alone (rendezvous hashing). Pure.
/// </summary>
internal static class HomeChoice
{
    /// <param name="target">The target's id.</param>
    /// <param name="silos">At least one, in any order.</param>
    public static SiloAddress Of(long target, ReadOnlySpan<SiloAddress> silos)
    {
        var (best, home) = (Score(target, silos[0]), silos[0]);
        foreach (var silo in silos[1..])
        {
            var score = Score(target, silo);
            if (score > best || (score == best && silo.CompareTo(home) < 0))
            {
                (best, home) = (score, silo);
            }
        }

        return home;
    }

    private static ulong Score(long target, SiloAddress silo) => Mix(Mix((ulong)target) ^ (uint)silo.GetConsistentHashCode());

    /// <summary>Every bit of the result depends on every bit given: the end of splitmix64.</summary>
    private static ulong Mix(ulong bits)
    {
        bits += 0x9E37_79B9_7F4A_7C15;
        bits = (bits ^ (bits >> 30)) * 0xBF58_476D_1CE4_E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D0_49BB_1331_11EB;
        return bits ^ (bits >> 31);
    }
}
