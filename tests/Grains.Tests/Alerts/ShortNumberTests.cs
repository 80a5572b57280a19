using System.Globalization;
using System.Text;
using TomOrleans.Grains.Alerts.Decoding;

namespace TomOrleans.Grains.Tests.Alerts;

public sealed class ShortNumberTests
{
    [Fact]
    public void A_short_number_is_what_the_full_parser_makes_of_it()
    {
        var random = new Random(20260701);
        for (var i = 0; i < 200_000; i++)
        {
            var digits = random.NextInt64(0, (long)Math.Pow(10, random.Next(1, 16))).ToString(CultureInfo.InvariantCulture);
            var point = random.Next(1, digits.Length + 1);
            var text = (random.Next(2) == 0 ? "-" : "") + (point == digits.Length ? digits : $"{digits[..point]}.{digits[point..]}");
            Assert.True(ShortNumber.TryRead(Encoding.ASCII.GetBytes(text), out var number), text);
            Assert.Equal(BitConverter.DoubleToInt64Bits(double.Parse(text, CultureInfo.InvariantCulture) + 0.0), BitConverter.DoubleToInt64Bits(number + 0.0));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("1e5")]
    [InlineData("+1")]
    [InlineData("1.2.3")]
    [InlineData("--1")]
    [InlineData("1 ")]
    [InlineData("1234567890123456")]
    [InlineData("1.234567890123456")]
    [InlineData("NaN")]
    public void Other_forms_are_left_to_the_full_parser(string text) => Assert.False(ShortNumber.TryRead(Encoding.ASCII.GetBytes(text), out _));
}
