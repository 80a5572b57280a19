using TomOrleans.Grains.Operations;

namespace TomOrleans.Grains.Tests.Operations;

public sealed class MemoryTrimTests
{
    [Theory]
    [InlineData(10, 900, 0, true)]
    [InlineData(200, 900, 0, false)]
    [InlineData(10, 300, 0, false)]
    [InlineData(10, 900, 850, false)]
    [InlineData(10, 1_000, 850, true)]
    public void Memory_is_given_back_where_much_was_taken_little_goes_on_and_it_is_not_in_use(int allocated, int committed, int left, bool isWorthIt) =>
        Assert.Equal(isWorthIt, MemoryTrim.IsWorthIt(allocated * 1_000_000L, committed * 1_000_000L, left * 1_000_000L));
}
