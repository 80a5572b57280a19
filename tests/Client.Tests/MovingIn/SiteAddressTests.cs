using TomOrleans.Client.MovingIn;

namespace TomOrleans.Client.Tests.MovingIn;

public sealed class SiteAddressTests
{
    [Theory]
    [InlineData("https://tom.example.org", "https://tom.example.org/")]
    [InlineData(" http://127.0.0.1:8000/tom/ ", "http://127.0.0.1:8000/tom/")]
    [InlineData("https://tom.example.org/tom/api/", "https://tom.example.org/tom/")]
    [InlineData("https://tom.example.org/api", "https://tom.example.org/")]
    public void An_address_is_the_root_of_the_site(string typed, string root)
    {
        Assert.True(SiteAddress.TryParse(typed, out var address, out _));
        Assert.Equal(root, address.ToString());
    }

    [Theory]
    [InlineData("tom.example.org", "https://")]
    [InlineData("ftp://tom.example.org/", "https://")]
    [InlineData("file:///etc/passwd", "https://")]
    [InlineData("https://anna:secret@tom.example.org/", "no place in the address")]
    [InlineData("https://tom.example.org/?x=1", "no ?")]
    public void Other_addresses_are_refused_with_the_reason(string typed, string reason)
    {
        Assert.False(SiteAddress.TryParse(typed, out _, out var fault));
        Assert.Contains(reason, fault, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault, StringComparison.Ordinal);
    }
}
