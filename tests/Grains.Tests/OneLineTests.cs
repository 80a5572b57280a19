namespace TomOrleans.Grains.Tests;

public sealed class OneLineTests
{
    [Fact]
    public void Foreign_text_becomes_one_line_that_every_database_takes()
    {
        Assert.Equal("two lines ", OneLine.Of("two\nlines\u0000"));
        Assert.Equal("half \uFFFD of a star", OneLine.Of("half \uD83D of a star"));
        Assert.Equal("a star \uD83C\uDF1F", OneLine.Of("a star \uD83C\uDF1F"));
    }

    [Fact]
    public void Long_text_is_not_cut_between_the_halves_of_a_character()
    {
        var cut = OneLine.Of(new string('x', 499) + "\uD83C\uDF1F and more");

        Assert.Equal(new string('x', 499) + "\uFFFD…", cut);
    }
}
