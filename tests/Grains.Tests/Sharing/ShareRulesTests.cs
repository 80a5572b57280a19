using TomOrleans.Grains.Sharing;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Tests.Sharing;

public sealed class ShareRulesTests
{
    private static readonly DestinationOptions OtherTom = new()
    {
        Name = "not-my-tom",
        DisplayName = "The TOM next door",
        Kind = DestinationOptions.TomKind,
        BaseUrl = new("https://tom.example.org/site/"),
    };

    [Theory]
    [InlineData("not my TOM")]
    [InlineData("The TOM next door")]
    [InlineData("tom.example.org")]
    public void What_another_TOM_posted_here_does_not_go_back_to_it(string account) =>
        Assert.Equal($"came from not-my-tom itself, by {account}", ShareRules.Reason(Posted(account), OtherTom, null));

    [Fact]
    public void What_others_posted_here_goes_to_it()
    {
        Assert.Null(ShareRules.Reason(Posted("anna"), OtherTom, null));
        Assert.Null(ShareRules.Reason(A.Point with { Origin = "not-my-tom" }, OtherTom, null));
        Assert.Null(ShareRules.Reason(Posted("not-my-tom"), OtherTom with { Kind = DestinationOptions.HermesKind }, "hermes.test"));
    }

    [Fact]
    public void Account_of_another_name_is_one_of_the_PEERS() =>
        Assert.Equal("came from anna, one of the PEERS of not-my-tom", ShareRules.Reason(Posted("anna"), OtherTom with { Peers = ["Anna"] }, null));

    private static PhotometryPoint Posted(string account) => A.Point with { Origin = "LCO", Provenance = new(new("api", "reduceddatums", 0, 0), null, account, 1) };
}
