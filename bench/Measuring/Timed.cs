namespace TomOrleans.Bench.Measuring;

/// <summary>Something that is to answer within a time.</summary>
/// <param name="Name">As it is shown.</param>
/// <param name="Short">By which <c>--only</c> chooses it.</param>
/// <param name="BarMilliseconds">How long one call may take at most, by what was promised. [ms]</param>
/// <param name="CallsARound">How many calls make a round.</param>
/// <param name="CallAsync">One call; gets its number.</param>
internal sealed record Timed(string Name, string Short, double BarMilliseconds, int CallsARound, Func<int, Task> CallAsync);

/// <summary>One round of one case.</summary>
/// <param name="Milliseconds">A call, on the average. [ms]</param>
/// <param name="CpuMicroseconds">A call, of the whole process. [us]</param>
/// <param name="Bytes">Allocated by the whole process, a call. [bytes]</param>
internal sealed record TimedRound(double Milliseconds, double CpuMicroseconds, double Bytes);

/// <summary>A case and its rounds.</summary>
internal sealed record TimedResult(Timed Case, IReadOnlyList<TimedRound> Rounds)
{
    /// <summary>A warm-up that does not count, then the rounds.</summary>
    public static async Task<TimedResult> RunAsync(Timed timed, BenchOptions options, TextWriter progress)
    {
        var rounds = new List<TimedRound>();
        for (var round = 0; round <= options.Rounds; round++)
        {
            GC.Collect();
            var (cpu, bytes, begun) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(precise: true), TimeProvider.System.GetTimestamp());
            for (var call = 0; call < timed.CallsARound; call++)
            {
                await timed.CallAsync((round * timed.CallsARound) + call);
            }

            var measured = new TimedRound(
                TimeProvider.System.GetElapsedTime(begun).TotalMilliseconds / timed.CallsARound,
                (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / timed.CallsARound,
                (GC.GetTotalAllocatedBytes(precise: true) - bytes) / (double)timed.CallsARound);
            await progress.WriteLineAsync(FormattableString.Invariant($"{(round == 0 ? "warm-up" : $"round {round}")}: {timed.Short}: {measured.Milliseconds:F3} ms a call"));
            if (round > 0)
            {
                rounds.Add(measured);
            }
        }

        return new(timed, rounds);
    }
}
