using System.Text.Json;
using TomOrleans.Client.Output;

namespace TomOrleans.Client.Tests.Output;

public sealed class SafeTextTests
{
    [Theory]
    [InlineData("plain [bold]text[/] é 星 🔭", "plain [bold]text[/] é 星 🔭")]
    [InlineData("\u001b[31mred\u001b[0m", "\\u001B[31mred\\u001B[0m")]
    [InlineData("a\r\nb\tc\0d\u007f", "a\\u000D\\u000Ab\\u0009c\\u0000d\\u007F")]
    [InlineData("\u009b2J", "\\u009B2J")]
    [InlineData("abc\u202edcb\u2066x\u200b", "abc\\u202Edcb\\u2066x\\u200B")]
    [InlineData("one\u2028two", "one\\u2028two")]
    [InlineData("tag \U000E0041", "tag \\uDB40\\uDC41")]
    [InlineData("", "")]
    public void What_could_take_effect_is_shown_instead(string text, string shown) => Assert.Equal(shown, SafeText.Line(text));

    [Fact]
    public void Half_a_character_is_shown_as_its_code() => Assert.Equal("x\\uD83D", SafeText.Line("x" + (char)0xD83D));

    [Fact]
    public void Bodies_keep_their_lines() => Assert.Equal("{\n\t\"a\": \\u001B\\u000D\n}", SafeText.Lines("{\n\t\"a\": \u001b\r\n}"));

    [Fact]
    public void Markup_and_ANSI_in_a_table_are_plain_text()
    {
        var printed = Printed.By(report => new TextTable("A").Row("[red]x[/] \u001b[31m").Show(report));

        Assert.Contains("[red]x[/] \\u001B[31m", printed, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', printed);
    }

    [Fact]
    public void JSON_carries_the_text_itself_and_nothing_that_takes_effect()
    {
        const string text = "\u001b[31m \u009b \u202e \" + é";

        var printed = Printed.By(report => report.Answer(new { Text = text }, () => { }), json: true);

        Assert.DoesNotContain(printed.ReplaceLineEndings(""), char.IsControl);
        Assert.Equal(text, JsonDocument.Parse(printed).RootElement.GetProperty("text").GetString());
    }
}
