using System.Globalization;

namespace TomOrleans.Grains.Operations;

/// <summary>A silo that the others declared dead and that nobody has started again.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Address">Where it was, <c>ip:port</c>.</param>
/// <param name="At">When it was declared dead.</param>
public sealed record LostSilo(string Name, string Address, DateTimeOffset At)
{
    /// <summary>One line for a person.</summary>
    public string Words => string.Create(CultureInfo.InvariantCulture, $"the silo {Name} at {Address} was declared dead at {At:yyyy-MM-dd'T'HH:mm:ss'Z'} and has not come back; look at that host and start it again");
}

/// <summary>Finds in the membership table who is missing.</summary>
public static class LostSilos
{
    /// <summary>Who was not started again for so long is given up.</summary>
    private static readonly TimeSpan RememberedFor = TimeSpan.FromDays(1);

    public static async Task<IReadOnlyList<LostSilo>> ReadAsync(IGrainFactory grains, TimeProvider time) =>
        Of(await grains.GetGrain<IManagementGrain>(0).GetDetailedHosts(onlyActive: false), time.GetUtcNow());

    /// <summary>The last of each name, where others voted it out: one that was told to stop notes itself as who ended it.</summary>
    public static IReadOnlyList<LostSilo> Of(IEnumerable<MembershipEntry> members, DateTimeOffset now) =>
    [
        .. from member in members
           group member by member.SiloName into named
           let last = named.MaxBy(member => member.SiloAddress.Generation)
           let votes = last.SuspectTimes ?? []
           where last.Status == SiloStatus.Dead && votes.Count > 0 && !votes.Exists(vote => vote.Item1.Equals(last.SiloAddress))
           let at = new DateTimeOffset(DateTime.SpecifyKind(votes.Max(vote => vote.Item2), DateTimeKind.Utc))
           where now - at < RememberedFor
           orderby last.SiloName
           select new LostSilo(last.SiloName, last.SiloAddress.Endpoint.ToString(), at),
    ];
}
