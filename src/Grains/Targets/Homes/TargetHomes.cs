namespace TomOrleans.Grains.Targets.Homes;

/// <summary>
/// Where targets live, as far as this silo knows: whoever has points for many of them sees which can go together. A guess that is wrong while a silo comes or goes costs a forwarded call, and nothing else:
/// Orleans knows where a target really is.
/// </summary>
public sealed class TargetHomes(IClusterMembershipService membership, ILocalSiloDetails self)
{
    private volatile View _view = new(MembershipVersion.MinValue, []);

    /// <summary>Another one means that homes may have changed.</summary>
    public MembershipVersion Version => Current.Version;

    private View Current
    {
        get
        {
            var (snapshot, view) = (membership.CurrentSnapshot, _view);
            return snapshot.Version == view.Version ? view : _view = View.Of(snapshot);
        }
    }

    /// <summary>The other silo that a target lives in; null for one that lives here.</summary>
    public SiloAddress? ElsewhereOf(long target)
    {
        var silos = Current.Silos;
        if (silos.Length < 2)
        {
            return null;
        }

        var home = HomeChoice.Of(target, silos);
        return home.Equals(self.SiloAddress) ? null : home;
    }

    private sealed record View(MembershipVersion Version, SiloAddress[] Silos)
    {
        public static View Of(ClusterMembershipSnapshot snapshot) =>
            new(snapshot.Version, [.. snapshot.Members.Values.Where(member => member.Status == SiloStatus.Active).Select(member => member.SiloAddress)]);
    }
}
