using System.CommandLine;
using System.CommandLine.Help;
using TomOrleans.Security;

namespace TomOrleans.Silo.Configuration.CommandLine;

/// <summary>
/// The command line of the silo: runs it, checks its configuration, or does one of the administration verbs. Reads the configuration for all of them, and
/// calls an action only when that has no fault. Exit codes: 0 done, 1 refused or failed, 2 wrong usage.
/// </summary>
/// <param name="actions">What the verbs do.</param>
/// <param name="environment">Default: that of the process.</param>
/// <param name="built">Default: <see cref="BuiltParts.Now"/>.</param>
public sealed class SiloCommandLine(SiloActions actions, IReadOnlyDictionary<string, string>? environment = null, BuiltParts? built = null)
{
    private readonly SiloOptions _options = new();
    private readonly IReadOnlyDictionary<string, string> _environment = environment ?? Reading.EnvironmentOverrides.OfProcess();
    private readonly BuiltParts _built = built ?? BuiltParts.Now;

    /// <param name="arguments">As <c>Main</c> gets them.</param>
    /// <param name="output">Default: standard output.</param>
    /// <param name="error">Default: standard error.</param>
    /// <param name="cancellationToken">Handed to the action.</param>
    public async Task<int> InvokeAsync(
        IReadOnlyList<string> arguments, TextWriter? output = null, TextWriter? error = null, CancellationToken cancellationToken = default)
    {
        // The host handles SIGTERM itself and takes up to 30 s to drain; this library would end the process after 2 s.
        var invocation = new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false };
        invocation.Output = output ?? invocation.Output;
        invocation.Error = error ?? invocation.Error;

        // A file name may begin with @: it names no response file.
        var parsed = BuildRoot().Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count == 0 || parsed.Action is HelpWithExamples)
        {
            return await parsed.InvokeAsync(invocation, cancellationToken);
        }

        foreach (var fault in parsed.Errors)
        {
            await invocation.Error.WriteLineAsync(Reading.ShownText.Escape(fault.Message));
        }

        await invocation.Error.WriteLineAsync("--help shows what is possible.");
        return 2;
    }

    private RootCommand BuildRoot()
    {
        var root = new RootCommand("TomOrleans: hears about the changing sky from Kafka streams and shares what it measured.")
        {
            _options.Config,
            _options.Data,
            _options.HttpPort,
            _options.CheckConfig,
            _options.NoMigrate,
            BuildToken(),
            BuildDatabase(),
        };
        root.SetAction((parsed, cancellationToken) => parsed.GetValue(_options.CheckConfig)
            ? CheckAsync(parsed)
            : WithConfigurationAsync(parsed, (configuration, stop) => actions.RunAsync(configuration, !parsed.GetValue(_options.NoMigrate), stop), cancellationToken));
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return root;
    }

    private Command BuildToken()
    {
        var role = new Option<TomRole>("--role")
        {
            Description = "What its holder may do: reader, sharer, contributor, operator or admin; each may do what those before it may.",
            HelpName = "ROLE",
            Required = true,
            CustomParser = result =>
            {
                var words = Enum.GetValues<TomRole>().ToDictionary(known => known.ToString().ToLowerInvariant());
                if (words.TryGetValue(result.Tokens[0].Value, out var known))
                {
                    return known;
                }

                result.AddError($"--role: \"{result.Tokens[0].Value}\" given; allowed: {string.Join(", ", words.Keys)}");
                return default;
            },
        };
        var name = new Option<string?>("--name") { Description = "Whose it is, as the list of tokens and the shares show it.", HelpName = "NAME" };
        var add = new Command("add", "Make a token and show it, this once.") { role, name };
        add.SetAction((parsed, cancellationToken) => WithConfigurationAsync(
            parsed,
            (configuration, stop) => actions.AddTokenAsync(configuration, parsed.GetValue(role), parsed.GetValue(name), stop),
            cancellationToken));
        return new("token", "Tokens of people and programs.") { add, Verb("list", "Show the tokens there are, not their texts.", actions.ListTokensAsync) };
    }

    private Command BuildDatabase() => new("db", "The database.")
    {
        Verb("status", "Show where it is and which migrations it has.", actions.ShowDatabaseAsync),
        Verb("migrate", "Bring its schema up to this version.", actions.MigrateDatabaseAsync),
        Verb("script", "Print the statements that migrate would run, and run none.", actions.ScriptDatabaseAsync),
        FolderVerb("copy", "Move a TOM from SQLite: copy the files of a data folder, whose silo is stopped, into the empty PostgreSQL database of the configuration.", "--from", "The data folder.", actions.CopyDatabaseAsync),
        FolderVerb("backup", "Copy the SQLite files into a folder, beside a running silo too.", "--to", "A folder without such files.", actions.BackUpDatabaseAsync),
    };

    private Command FolderVerb(string name, string description, string option, string what, Func<TomConfiguration, string, CancellationToken, Task<int>> action)
    {
        var folder = new Option<string>(option) { Description = what, HelpName = "DIR", Required = true };
        var verb = new Command(name, description) { folder };
        verb.SetAction((parsed, cancellationToken) => WithConfigurationAsync(parsed, (configuration, stop) => action(configuration, parsed.GetRequiredValue(folder), stop), cancellationToken));
        return verb;
    }

    private Command Verb(string name, string description, Func<TomConfiguration, CancellationToken, Task<int>> action)
    {
        var verb = new Command(name, description);
        verb.SetAction((parsed, cancellationToken) => WithConfigurationAsync(parsed, action, cancellationToken));
        return verb;
    }

    private async Task<int> CheckAsync(ParseResult parsed)
    {
        var reading = _options.Read(parsed, _environment, _built);
        if (reading.Configuration is null)
        {
            await parsed.InvocationConfiguration.Error.WriteAsync(ConfigurationPrinter.Faults(reading));
            return 1;
        }

        await parsed.InvocationConfiguration.Output.WriteAsync(ConfigurationPrinter.Settings(reading));
        return 0;
    }

    private async Task<int> WithConfigurationAsync(
        ParseResult parsed, Func<TomConfiguration, CancellationToken, Task<int>> action, CancellationToken cancellationToken)
    {
        var reading = _options.Read(parsed, _environment, _built);
        if (reading.Configuration is null)
        {
            await parsed.InvocationConfiguration.Error.WriteAsync(ConfigurationPrinter.Faults(reading));
            return 1;
        }

        try
        {
            return await action(reading.Configuration, cancellationToken);
        }
        catch (TomException exception)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync(Reading.ShownText.Escape(exception.Message));
            return 1;
        }
    }
}
