using System.Text;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Decoding;
using TomOrleans.Grains.Alerts.Parked;
using static TomOrleans.Grains.Tests.Alerts.MessageBuilder;

namespace TomOrleans.Grains.Tests.Alerts.Reading;

public sealed class ParkedKeyTests
{
    [Fact]
    public void A_message_is_parked_with_its_key_for_that_may_be_its_schema()
    {
        var key = Encoding.UTF8.GetBytes("a key");
        var alert = MessageDecoder.Decode(Record([1]) with { Key = key }, Partition);

        Assert.Equal(key, ParkedMessages.Of(alert, Verdict.Parked("x"), TimeProvider.System).Key);
        Assert.Null(ParkedMessages.Of(Decode([1]), Verdict.Parked("x"), TimeProvider.System).Key);
    }
}
