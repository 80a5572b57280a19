using TomOrleans.Grains.SkyEvents;

namespace TomOrleans.Grains.Tests.SkyEvents;

public sealed class SubjectWordsTests
{
    [Theory]
    [InlineData("NGC 4993: optical", "NGC 4993")]
    [InlineData("a flare of the Crab Nebula.", "Crab Nebula")]
    [InlineData("Swift detection of V404 Cyg", "V404 Cyg")]
    [InlineData("1ES 1959+650 (=QSO B1959+650), X-rays", "1ES 1959+650")]
    [InlineData("Comet 1P/Halley", "1P/Halley")]
    [InlineData("LIGO/Virgo S230731an: MAXI", "S230731an")]
    public void A_name_in_the_line_is_among_its_runs(string line, string name) => Assert.Contains(name, SubjectWords.In(line));

    [Fact]
    public void Common_words_and_bare_numbers_are_not()
    {
        var runs = SubjectWords.In("the 3 observations, of 12345 and more, Crab of");

        Assert.DoesNotContain("3", runs);
        Assert.DoesNotContain("12345", runs);
        Assert.DoesNotContain("observations", runs);
        Assert.DoesNotContain("Crab of", runs);
    }

    [Fact]
    public void However_long_the_line_the_runs_are_few_and_each_is_there_once()
    {
        var runs = SubjectWords.In(string.Join(' ', Enumerable.Range(0, 5_000).Select(i => $"A{i % 90}")));

        Assert.InRange(runs.Count, 50, 60);
        Assert.Equal(runs.Distinct(), runs);
        Assert.Empty(SubjectWords.In(""));
        Assert.Empty(SubjectWords.In(" .,;"));
    }
}
