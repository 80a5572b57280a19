namespace TomOrleans.Grains.Tests;

public sealed class OneLineTests
{
    [Theory]
    [InlineData("two\nlines\u0000", "two lines ")]
    [InlineData("half \uD83D of a star", "half \uFFFD of a star")]
    [InlineData("a star \uD83C\uDF1F", "a star \uD83C\uDF1F")]
    public void Foreign_text_becomes_one_line_that_every_database_takes(string text, string line) => Assert.Equal(line, OneLine.Of(text));

    [Fact]
    public void Long_text_is_not_cut_between_the_halves_of_a_character()
    {
        var cut = OneLine.Of(new string('x', 499) + "\uD83C\uDF1F and more");

        Assert.Equal(new string('x', 499) + "\uFFFD…", cut);
    }
}
