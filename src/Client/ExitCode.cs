namespace TomOrleans.Client;

/// <summary>What the console tells the shell. Scripts depend on the numbers.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Refused or failed; one line on standard error says why and what to do.</summary>
    public const int Failed = 1;

    /// <summary>The command line itself is wrong; nothing was asked of a silo.</summary>
    public const int WrongUsage = 2;
}
