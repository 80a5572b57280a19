using System.Net;
using TomOrleans.Grains.Targets.Homes;

namespace TomOrleans.Grains.Tests.Targets.Homes;

public sealed class HomeChoiceTests
{
    private const int Targets = 12_000;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Targets_are_shared_evenly(int silos)
    {
        var shares = Enumerable.Range(1, Targets).CountBy(target => HomeChoice.Of(target, Silos(silos))).Select(share => share.Value).ToList();

        Assert.Equal(silos, shares.Count);
        Assert.All(shares, share => Assert.InRange(share, 0.9 * Targets / silos, 1.1 * Targets / silos));
    }

    [Fact]
    public void Whoever_asks_in_whatever_order_gets_the_same_home()
    {
        var silos = Silos(5);

        Assert.All(Enumerable.Range(1, Targets), target => Assert.Equal(HomeChoice.Of(target, silos), HomeChoice.Of(target, [.. silos.Reverse()])));
    }

    [Fact]
    public void Silo_that_comes_or_goes_moves_its_own_targets_alone()
    {
        var (before, after) = (Silos(4), Silos(5));

        var moved = Enumerable.Range(1, Targets).Where(target => HomeChoice.Of(target, before) != HomeChoice.Of(target, after)).ToList();

        Assert.InRange(moved.Count, 0.9 * Targets / 5, 1.1 * Targets / 5);
        Assert.All(moved, target => Assert.Equal(after[4], HomeChoice.Of(target, after)));
    }

    private static SiloAddress[] Silos(int count) => [.. Enumerable.Range(1, count).Select(number => SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 10_000 + number), number))];
}
