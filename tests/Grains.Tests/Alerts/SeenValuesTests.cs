using System.Text;
using TomOrleans.Grains.Alerts.Decoding;
using static TomOrleans.Grains.Tests.Alerts.MessageBuilder;

namespace TomOrleans.Grains.Tests.Alerts;

public sealed class SeenValuesTests
{
    [Fact]
    public void What_comes_twice_is_kept_from_then_on()
    {
        var seen = new SeenValues<object>();
        var value = new object();
        Assert.False(seen.TryGet("a"u8, out _));
        seen.Note("a"u8, new object());
        Assert.False(seen.TryGet("a"u8, out _));
        seen.Note("a"u8, value);
        Assert.True(seen.TryGet("a"u8, out var kept));
        Assert.Same(value, kept);
        Assert.False(seen.TryGet("b"u8, out _));
    }

    [Fact]
    public void Long_texts_are_not_kept()
    {
        var seen = new SeenValues<object>();
        var text = new byte[5000];
        seen.Note(text, new object());
        seen.Note(text, new object());
        Assert.False(seen.TryGet(text, out _));
    }

    [Fact]
    public void Many_texts_are_never_mistaken_for_each_other()
    {
        var seen = new SeenValues<int>();
        for (var i = 0; i < 60_000; i++)
        {
            var text = Encoding.UTF8.GetBytes($"{i / 3 % 10_000}");
            Assert.True(!seen.TryGet(text, out var value) || value == i / 3 % 10_000);
            seen.Note(text, i / 3 % 10_000);
        }
    }

    [Fact]
    public void A_table_of_targets_is_the_same_however_often_it_came()
    {
        const string Data = """{"targets": [{"name": "SN 2026seen", "ra": 33.2, "dec": 42.2, "aliases": ["a"]}], "photometry": []}""";
        var first = DecodeData(Data).Report!;
        for (var i = 0; i < 3; i++)
        {
            var again = DecodeData(Data).Report!;
            Assert.Equal(first.Title, again.Title);
            var target = Assert.Single(again.Targets);
            Assert.Equal(("SN 2026seen", 33.2, 42.2), (target.Name, target.RightAscensionDegrees, target.DeclinationDegrees));
            Assert.Equal(["a"], target.Aliases);
        }

        // Of a repeated key the last counts, kept or not.
        Assert.Empty(DecodeData($"{Data[..^1]}, \"targets\": []}}").Report!.Targets);
        Assert.Equal("SN 2026seen", Assert.Single(DecodeData($$"""{"targets": [{"name": "other"}], {{Data[1..]}}""").Report!.Targets).Name);
    }

    [Fact]
    public void A_table_with_a_fault_has_it_each_time()
    {
        for (var i = 0; i < 3; i++)
        {
            var report = DecodeData("""{"targets": [{"name": "SN 2026good"}, {"ra": 1}], "photometry": []}""").Report!;
            Assert.Single(report.Targets);
            Assert.Single(report.Faults);
        }
    }
}
