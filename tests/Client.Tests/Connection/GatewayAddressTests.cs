using TomOrleans.Client.Connection;

namespace TomOrleans.Client.Tests.Connection;

public sealed class GatewayAddressTests
{
    [Theory]
    [InlineData("127.0.0.1:30000", "127.0.0.1", 30000, true)]
    [InlineData("127.9.9.9:1", "127.9.9.9", 1, true)]
    [InlineData("localhost:30001", "localhost", 30001, true)]
    [InlineData("[::1]:30002", "::1", 30002, true)]
    [InlineData("[::1]", "::1", 30000, true)]
    [InlineData("tom.example.org", "tom.example.org", 30000, false)]
    [InlineData(" 10.0.0.7:65535 ", "10.0.0.7", 65535, false)]
    [InlineData("localhost.example.org:30000", "localhost.example.org", 30000, false)]
    public void Gateways_as_people_write_them_are_read(string text, string host, int port, bool isLoopback)
    {
        Assert.True(GatewayAddress.TryParse(text, out var gateway));
        Assert.Equal((host, port, isLoopback), (gateway.Host, gateway.Port, gateway.IsLoopback));
    }

    [Theory]
    [InlineData("")]
    [InlineData(":30000")]
    [InlineData("host:")]
    [InlineData("host:0")]
    [InlineData("host:65536")]
    [InlineData("host:-1")]
    [InlineData("host:port")]
    [InlineData("::1:30000")]
    [InlineData("http://host:30000")]
    [InlineData("a b:30000")]
    public void What_is_no_gateway_is_refused(string text) => Assert.False(GatewayAddress.TryParse(text, out _));

    [Fact]
    public void Text_of_a_gateway_can_be_read_again()
    {
        var gateway = new GatewayAddress("fe80::1", 5);

        Assert.True(GatewayAddress.TryParse(gateway.ToString(), out var again));
        Assert.Equal(gateway, again);
    }
}
