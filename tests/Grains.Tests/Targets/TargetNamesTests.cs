using FsCheck;
using FsCheck.Xunit;
using TomOrleans.Grains.Targets;

namespace TomOrleans.Grains.Tests.Targets;

public sealed class TargetNamesTests
{
    [Theory]
    [InlineData("AT2026abc", "at2026abc")]
    [InlineData("AT 2026-abc", "at2026abc")]
    [InlineData(" at_2026(ABC) ", "at2026abc")]
    [InlineData("[AT] {2026}abc", "at2026abc")]
    [InlineData("SN 1987A", "sn1987a")]
    [InlineData("GRB230409B", "grb230409b")]
    [InlineData("M 31.5/b+c", "m31.5/b+c")]
    [InlineData("Ångström Čerenkov", "ångströmčerenkov")]
    [InlineData("a\tb", "a\tb")]
    [InlineData("\tab\n", "ab")]
    public void Case_blanks_hyphens_underscores_and_brackets_do_not_count(string name, string normalised) => Assert.Equal(normalised, TargetNames.Normalise(name));

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("-_ ()[]{}")]
    [InlineData("( \t)")]
    public void A_name_of_which_nothing_is_left_is_no_name(string name)
    {
        Assert.Equal("", TargetNames.Normalise(name));
        Assert.False(TargetNames.IsName(name));
    }

    [Property]
    public bool Normalising_twice_changes_nothing(NonNull<string> name)
    {
        var once = TargetNames.Normalise(name.Get);
        return TargetNames.Normalise(once) == once && TargetNames.IsName(name.Get) == once.Length > 0;
    }
}
