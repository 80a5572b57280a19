namespace TomOrleans.Bench;

/// <summary>
/// The silo program runs with a gen0 budget of 128 MB, which only an environment variable can set, before the process starts. So the benchmark starts itself again with it,
/// unless it is set to something.
/// </summary>
internal static class Gen0Budget
{
    public const string Variable = "DOTNET_GCgen0size";
    private const string Default = "0x8000000";

    public static bool IsSet => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 };

    /// <summary>Runs the whole of it in a process with the budget. Its exit code.</summary>
    public static async Task<int> RunAgainAsync(IEnumerable<string> arguments)
    {
        using var process = ThisProgram.Start(arguments, start => start.Environment[Variable] = Default);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
