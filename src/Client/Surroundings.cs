using System.Text;

namespace TomOrleans.Client;

/// <summary>All that the console takes from the process it runs in, so that tests can put something else in its place.</summary>
internal sealed record Surroundings
{
    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    public TextReader In { get; init; } = TextReader.Null;

    /// <summary>Reads a line that is not to be seen on the screen.</summary>
    public Func<string?> ReadSecret { get; init; } = () => null;

    /// <summary>True where standard input is a person, who can be asked.</summary>
    public bool InIsTerminal { get; init; }

    /// <summary>False where standard output goes to a file or a pipe: then no colour, no width, no spinner.</summary>
    public required bool OutIsTerminal { get; init; }

    /// <summary>True where characters beyond ASCII arrive as they are.</summary>
    public required bool Unicode { get; init; }

    /// <summary>Width of the terminal [columns]; meaningless where there is none.</summary>
    public int Width { get; init; } = 100;

    /// <summary>Height of the terminal [lines]; meaningless where there is none.</summary>
    public int Height { get; init; } = 30;

    /// <summary>Value of an environment variable; null where it is not set.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>Where programs of this account keep their state: <c>$XDG_STATE_HOME</c>, else <c>~/.local/state</c>; on Windows the local application data.</summary>
    public required string StateFolder { get; init; }

    public required string WorkingFolder { get; init; }

    /// <summary>How long to try to reach a silo.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>True where colour is welcome: on a terminal, unless NO_COLOR is set to anything (https://no-color.org).</summary>
    public bool Colour => OutIsTerminal && string.IsNullOrEmpty(Variable("NO_COLOR"));

    public static Surroundings OfThisProcess()
    {
        if (OperatingSystem.IsWindows() && !Console.IsOutputRedirected)
        {
            Console.OutputEncoding = Encoding.UTF8;
        }

        var terminal = !Console.IsOutputRedirected;
        return new()
        {
            Out = Console.Out,
            Error = Console.Error,
            In = Console.In,
            ReadSecret = SecretLine.Read,
            InIsTerminal = !Console.IsInputRedirected,
            OutIsTerminal = terminal,
            Unicode = Console.OutputEncoding.CodePage == Encoding.UTF8.CodePage && !IsPlainLocale(Environment.GetEnvironmentVariable),
            Width = terminal && Console.WindowWidth > 0 ? Console.WindowWidth : 100,
            Height = terminal && Console.WindowHeight > 0 ? Console.WindowHeight : 30,
            Variable = Environment.GetEnvironmentVariable,
            StateFolder = StateFolderOf(Environment.GetEnvironmentVariable),
            WorkingFolder = Environment.CurrentDirectory,
        };
    }

    /// <summary>.NET writes UTF-8 in the C locale too, although a terminal in it need not understand that.</summary>
    public static bool IsPlainLocale(Func<string, string?> variable)
    {
        var locale = new[] { "LC_ALL", "LC_CTYPE", "LANG" }.Select(variable).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        return locale is "C" or "POSIX";
    }

    public static string StateFolderOf(Func<string, string?> variable)
    {
        if (OperatingSystem.IsWindows())
        {
            return Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        }

        return variable("XDG_STATE_HOME") is { Length: > 0 } state
            ? state
            : Path.Combine(variable("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
    }
}
