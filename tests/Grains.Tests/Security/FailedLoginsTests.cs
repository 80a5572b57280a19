using System.Net;
using Microsoft.Extensions.Time.Testing;
using TomOrleans.Grains.Security;

namespace TomOrleans.Grains.Tests.Security;

public sealed class FailedLoginsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly FailedLogins _failed;

    public FailedLoginsTests() => _failed = new(_time);

    [Fact]
    public void Ten_in_a_minute_close_an_address_until_the_minute_is_over_and_no_other()
    {
        Fail("10.0.0.1", 9);
        Assert.Null(_failed.BlockedFor(IPAddress.Parse("10.0.0.1")));
        _time.Advance(TimeSpan.FromSeconds(20));
        Fail("::ffff:10.0.0.1", 1);

        Assert.Equal(TimeSpan.FromSeconds(40), _failed.BlockedFor(IPAddress.Parse("10.0.0.1")));
        Assert.Null(_failed.BlockedFor(IPAddress.Parse("10.0.0.2")));
        _time.Advance(TimeSpan.FromSeconds(40));
        Assert.Null(_failed.BlockedFor(IPAddress.Parse("10.0.0.1")));
    }

    [Fact]
    public void A_host_with_many_addresses_of_a_network_is_one()
    {
        for (var i = 1; i <= 10; i++)
        {
            Fail($"2001:db8::{i}", 1);
        }

        Assert.NotNull(_failed.BlockedFor(IPAddress.Parse("2001:db8::99")));
        Assert.Null(_failed.BlockedFor(IPAddress.Parse("2001:db8:0:1::1")));
    }

    [Fact]
    public void A_client_counts_by_the_address_of_its_connection_whatever_it_calls_itself()
    {
        var sources = new ClientSources();
        sources.Note(new IPEndPoint(IPAddress.Parse("10.0.0.1"), 40_001), "first");
        sources.Note(new IPEndPoint(IPAddress.Parse("10.0.0.1"), 40_002), "second");

        Assert.Equal("10.0.0.1", sources.Of(GrainId.Create("sys.client", "first")));
        Assert.Equal("10.0.0.1", sources.Of(GrainId.Create("sys.client", "second+observer")));
        Assert.Equal("third", sources.Of(GrainId.Create("sys.client", "third")));
    }

    private void Fail(string address, int times)
    {
        for (var i = 0; i < times; i++)
        {
            _failed.Add(IPAddress.Parse(address));
        }
    }
}
