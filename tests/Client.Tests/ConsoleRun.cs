using System.Text.Json;

namespace TomOrleans.Client.Tests;

/// <summary>The whole program, run in this process with an environment of its own.</summary>
internal sealed class ConsoleRun : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tom-console-").FullName;

    public Dictionary<string, string> Variables { get; } = [];

    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    public string StateFolder => Path.Combine(_folder, "state");

    public string WorkingFolder => Path.Combine(_folder, "work");

    /// <summary>What a person at the terminal types; null where nobody is there.</summary>
    public string? Typed { get; set; }

    public Surroundings Surroundings(TextWriter output, TextWriter error) => new()
    {
        Out = output,
        Error = error,
        In = new StringReader(Typed ?? ""),
        InIsTerminal = Typed is not null,
        ReadSecret = () => Typed,
        OutIsTerminal = false,
        Unicode = true,
        ConnectTimeout = ConnectTimeout,
        Variable = name => Variables.GetValueOrDefault(name),
        StateFolder = StateFolder,
        WorkingFolder = Directory.CreateDirectory(WorkingFolder).FullName,
    };

    public Task<ConsoleAnswer> TomAsync(params string[] arguments) => TomAsync(CancellationToken.None, arguments);

    /// <param name="interrupt">Ctrl-C.</param>
    /// <param name="arguments">The command line.</param>
    public async Task<ConsoleAnswer> TomAsync(CancellationToken interrupt, params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await TomConsole.RunAsync(arguments, Surroundings(output, error), interrupt);
        return new(code, output.ToString(), error.ToString());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

/// <param name="Code">Exit code.</param>
/// <param name="Out">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record ConsoleAnswer(int Code, string Out, string Error)
{
    /// <summary>Standard output as the one JSON document it is to be; throws where it holds anything else.</summary>
    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    /// <summary>The one line of standard error, without its end.</summary>
    public string ErrorLine => Assert.Single(Error.TrimEnd('\n').Split('\n'));
}
