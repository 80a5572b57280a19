namespace TomOrleans.Bench.Measuring;

/// <summary>Something that is measured beside others.</summary>
/// <param name="Name">As it is shown.</param>
/// <param name="Short">As others name it that are compared with it.</param>
/// <param name="RunAsync">One run over the whole load.</param>
internal sealed record Contender(string Name, string Short, Func<Task<Measurement>> RunAsync);

/// <summary>Runs contenders in turn: a warm-up that does not count, then the rounds, each with every contender in the same order.</summary>
internal sealed class Contest(BenchOptions options, TextWriter progress)
{
    /// <summary>Whose rates the others' are measured by.</summary>
    public const string Reference = "R1";

    public async Task<IReadOnlyList<Result>> RunAsync(IReadOnlyList<Contender> contenders)
    {
        var results = contenders
            .Where(contender => contender.Short == Reference || options.Wants(contender.Short))
            .Select(contender => new Result(contender)).ToArray();
        for (var round = 0; round <= options.Rounds; round++)
        {
            foreach (var result in results)
            {
                var measured = await RunAsync(result.Contender);
                await progress.WriteLineAsync($"{(round == 0 ? "warm-up" : $"round {round}")}: {result.Contender.Short}: {measured}");
                if (round > 0)
                {
                    result.Rounds.Add(measured);
                }
            }
        }

        return results;
    }

    private static async Task<Measurement> RunAsync(Contender contender)
    {
        // Nobody pays for what another left behind.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return await contender.RunAsync();
    }
}

/// <summary>A contender's rounds.</summary>
internal sealed record Result(Contender Contender)
{
    public List<Measurement> Rounds { get; } = [];

    /// <summary>Its rate as a multiple of the other's, round by round.</summary>
    public IEnumerable<double> RatiosTo(Result other) => Rounds.Zip(other.Rounds, (mine, its) => mine.PerSecond / its.PerSecond);
}
