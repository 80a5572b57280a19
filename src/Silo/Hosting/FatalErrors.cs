using TomOrleans.Grains;

namespace TomOrleans.Silo.Hosting;

/// <summary>
/// Ends the process when Orleans finds that it must not go on, above all when the other silos have declared this one dead: its grains run elsewhere by then. Says why in one
/// line and exits with code 1, where Orleans would leave a core dump. What runs on for these moments is kept from harm by claims, keys and leases in the database.
/// </summary>
public sealed partial class FatalErrors(ILocalSiloDetails silo, ILogger<FatalErrors> log) : IFatalErrorHandler
{
    /// <summary>For the line to reach the console, whose logger writes in the background.</summary>
    private static readonly TimeSpan Flush = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ExitLimit = TimeSpan.FromSeconds(5);
    private int _isEnding;

    public bool IsUnexpected(Exception exception) => exception is not ThreadAbortException;

    public void OnFatalException(object? sender, string? context, Exception? exception)
    {
        if (Interlocked.Exchange(ref _isEnding, 1) != 0)
        {
            return;
        }

        LogEnding(silo.Name, OneLine.Of(context ?? exception?.Message ?? "no reason was given"));
        Thread.Sleep(Flush);
        var exit = new Thread(() => Environment.Exit(1)) { IsBackground = true };
        exit.Start();
        exit.Join(ExitLimit);

        // Only when something keeps the exit from ending.
        Environment.FailFast($"Silo {silo.Name} could not end in order.");
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "Silo {Silo} ends itself: {Reason}. Start it again; a supervisor does so by itself")]
    private partial void LogEnding(string silo, string reason);
}
