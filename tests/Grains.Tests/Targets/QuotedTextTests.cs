using TomOrleans.Grains.Targets;

namespace TomOrleans.Grains.Tests.Targets;

public sealed class QuotedTextTests
{
    [Theory]
    [InlineData("18.5", "'18.5'")]
    [InlineData("", "''")]
    [InlineData("a\nb\u001b[31m\u202e", "'a\\u000ab\\u001b[31m\\u202e'")]
    public void A_value_cannot_break_out_of_its_line(string text, string quoted) => Assert.Equal(quoted, QuotedText.Of(text));

    [Fact]
    public void A_long_value_is_cut() => Assert.Equal($"'{new string('x', 60)}...'", QuotedText.Of(new string('x', 61)));
}
