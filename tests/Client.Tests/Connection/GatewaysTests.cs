using TomOrleans.Client.Connection;

namespace TomOrleans.Client.Tests.Connection;

public sealed class GatewaysTests
{
    [Theory]
    [InlineData("127.0.0.1:30000", "127.0.0.1:30000", true)]
    [InlineData("127.0.0.1:30000, [::1]:30001,localhost", "127.0.0.1:30000 or [::1]:30001 or localhost:30000", true)]
    [InlineData("127.0.0.1,tom.example.org", "127.0.0.1:30000 or tom.example.org:30000", false)]
    public void Several_are_read_in_their_order(string text, string shown, bool areLoopback)
    {
        Assert.True(Gateways.TryParse(text, out var gateways));
        Assert.Equal((shown, areLoopback), (gateways.ToString(), gateways.AreLoopback));
    }

    [Theory]
    [InlineData("")]
    [InlineData("127.0.0.1:30000,")]
    [InlineData("127.0.0.1:30000,,127.0.0.1:30001")]
    [InlineData("127.0.0.1:30000;127.0.0.1:30001")]
    public void What_is_no_list_of_gateways_is_refused(string text) => Assert.False(Gateways.TryParse(text, out _));
}
