using System.Text;
using TomOrleans.HermesRules.PythonJson;

namespace TomOrleans.Sandbox.Tests.PythonJson;

public sealed class WireTests
{
    [Theory]
    [InlineData(0.0, "0.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(1, "1.0")]
    [InlineData(18.5, "18.5")]
    [InlineData(155.12499999999997, "155.12499999999997")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001234, "1.234e-05")]
    [InlineData(1e15, "1000000000000000.0")]
    [InlineData(1e16, "1e+16")]
    [InlineData(1.5e300, "1.5e+300")]
    [InlineData(-2461222.5, "-2461222.5")]
    [InlineData(5e-324, "5e-324")]
    public void Number_is_written_as_Python_writes_it(double number, string text) => Assert.Equal(text, PythonNumber.Repr(number));

    [Theory]
    [InlineData(" 18.5\n", true)]
    [InlineData("1_000.5", true)]
    [InlineData(".5e-3", true)]
    [InlineData("+Infinity", true)]
    [InlineData("1__0", false)]
    [InlineData("1,000", false)]
    [InlineData("0x10", false)]
    [InlineData("--1", false)]
    [InlineData("1e", false)]
    [InlineData("\u221210", false)]
    [InlineData("", false)]
    public void Text_is_a_number_where_Python_takes_it_for_one(string text, bool isNumber) => Assert.Equal(isNumber, PythonNumber.TryParse(text, out _));

    [Fact]
    public void Topic_form_has_blanks_and_escapes_and_the_answer_has_neither()
    {
        var value = WireReader.Read("""{"b": [1, 2.0, null, true], "a": "λ\u2028\"\ud83c\udf1f\u007f"}""");

        Assert.Equal("""{"b": [1, 2.0, null, true], "a": "\u03bb\u2028\"\ud83c\udf1f\u007f"}""", Encoding.UTF8.GetString(WireWriter.ToTopic(value)));
        Assert.Equal("{\"b\":[1,2.0,null,true],\"a\":\"λ\\u2028\\\"🌟\x7f\"}", Encoding.UTF8.GetString(WireWriter.ToAnswer(value)));
    }

    [Fact]
    public void Whole_numbers_beyond_64_bits_survive_and_last_of_equal_keys_wins() =>
        Assert.Equal("""{"a": 123456789012345678901234567890, "b": 2}""",
            Encoding.UTF8.GetString(WireWriter.ToTopic(WireReader.Read("""{"a": 1, "b": 2, "a": 123456789012345678901234567890}"""))));

    [Theory]
    [InlineData("", "Expecting value: line 1 column 1 (char 0)")]
    [InlineData("{\"a\":\n ]", "Expecting value: line 2 column 2 (char 7)")]
    [InlineData("{a}", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)")]
    [InlineData("[1 2]", "Expecting ',' delimiter: line 1 column 4 (char 3)")]
    [InlineData("{\"a\" 1}", "Expecting ':' delimiter: line 1 column 6 (char 5)")]
    [InlineData("1 1", "Extra data: line 1 column 3 (char 2)")]
    [InlineData("\"a", "Unterminated string starting at: line 1 column 1 (char 0)")]
    [InlineData("[NaN]", "Out of range float values are not JSON compliant: 'NaN'")]
    public void Text_that_is_no_json_is_refused_in_Pythons_words(string text, string words) =>
        Assert.Equal(words, Assert.Throws<WireFormatException>(() => WireReader.Read(text)).Message);

    [Theory]
    [InlineData(new byte[] { 0x22, 0xE9, 0x22 }, "byte 0xe9 in position 1: invalid continuation byte")]
    [InlineData(new byte[] { 0x1F, 0x8B }, "byte 0x8b in position 1: invalid start byte")]
    [InlineData(new byte[] { 0x22, 0xE2, 0x82 }, "byte 0xe2 in position 1: unexpected end of data")]
    public void Bytes_that_are_not_utf8_are_refused_by_position(byte[] bytes, string words) =>
        Assert.EndsWith(words, Assert.Throws<WireFormatException>(() => WireReader.Read(bytes.AsSpan())).Message, StringComparison.Ordinal);

    [Fact]
    public void Number_that_is_not_finite_has_a_word_on_the_topic_and_none_in_an_answer()
    {
        Assert.Equal("[Infinity, NaN]", Encoding.UTF8.GetString(WireWriter.ToTopic(WireList.Of(double.PositiveInfinity, double.NaN))));
        Assert.Throws<NotFiniteNumberException>(() => WireWriter.ToAnswer(WireReader.Read("[1e999]")));
    }
}
