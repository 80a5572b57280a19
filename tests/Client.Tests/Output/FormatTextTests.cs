using TomOrleans.Alerts;
using TomOrleans.Client.Output;

namespace TomOrleans.Client.Tests.Output;

public sealed class FormatTextTests
{
    [Theory]
    [InlineData(AlertFormat.Hermes, "hermes")]
    [InlineData(AlertFormat.VoEvent, "voevent")]
    [InlineData(AlertFormat.AvroDatum, "avro-record")]
    [InlineData((AlertFormat)999, "999")]
    public void Formats_have_names_that_can_be_typed(AlertFormat format, string name) => Assert.Equal(name, FormatText.Of(format));

    [Fact]
    public void No_two_formats_have_one_name() =>
        Assert.Equal(Enum.GetValues<AlertFormat>().Length, Enum.GetValues<AlertFormat>().Select(FormatText.Of).Distinct().Count());
}
