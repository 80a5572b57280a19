using System.CommandLine;
using TomOrleans.Client.MovingIn;
using TomOrleans.Client.Output;

namespace TomOrleans.Client.Commands;

/// <summary>
/// <c>tom import-tom URL</c>: takes a TOM Toolkit site over. The console asks the site, the silo stores: so nobody can have a silo open addresses of their choice, and the site's password stays here.
/// </summary>
internal static class ImportTomCommand
{
    private const int PageSize = 500;
    private const int UsualTimeout = 100;

    private static readonly Argument<Uri> Url = new("URL")
    {
        Description = "The root address of the site, such as https://tom.example.org/ (what the Toolkit calls BASE_URL).",
        CustomParser = result =>
        {
            if (!SiteAddress.TryParse(result.Tokens[0].Value, out var address, out var fault))
            {
                result.AddError($"{fault}; e.g. https://tom.example.org/");
            }

            return address;
        },
    };

    private static readonly Option<string> User = new("--user")
    {
        HelpName = "name",
        Description = "An account of the site that sees its targets (default TOM_IMPORT_USER). Its password: TOM_IMPORT_PASSWORD, --password-file, or asked for. A token of its REST interface instead: TOM_IMPORT_TOKEN.",
    };

    private static readonly Option<string> PasswordFile = new("--password-file") { HelpName = "FILE", Description = "The password is the first line of this file." };

    private static readonly Option<string> Origin = new("--origin") { HelpName = "name", Description = "Who measured the data that name no source: the TOM_NAME of that site (default: its host)." };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Change nothing; tell what would become of everything." };

    private static readonly Option<bool> Anew = new("--anew") { Description = "Begin with the first target again, also where an earlier run was cut off." };

    private static readonly Option<bool> IgnoreLog = new("--ignore-log") { Description = "Do not look for the new targets in the messages that were kept." };

    private static readonly Option<bool> PlainHttp = new("--plain-http") { Description = "Send the password to another machine although nothing encrypts it (http:// in place of https://)." };

    private static readonly Option<bool> AllNotes = new("--notes") { Description = "Print all notes, not only the first." };

    private static readonly Option<int?> Timeout = new("--timeout") { HelpName = "seconds", Description = $"How long the site may take for one answer (default {UsualTimeout})." };

    public static Command Create(CommandRunner runner)
    {
        var command = new Verb(
            "import-tom",
            "Takes the targets of a TOM Toolkit site with their aliases, fields, lists, photometry and spectra, by its REST interface (2.x and 3.x); of another TomOrleans too. Run it again after whatever cut it "
            + "off: it goes on where it was. Run it again when it has ended: it takes what is new. Nothing is made or stored twice.",
            "tom import-tom https://tom.example.org/ --user anna --dry-run",
            "tom import-tom https://tom.example.org/ --user anna --origin 'Las Campanas TOM'",
            "TOM_IMPORT_USER=anna TOM_IMPORT_PASSWORD=... tom import-tom https://tom.example.org/ --json")
        {
            Url, User, PasswordFile, Origin, DryRun, Anew, IgnoreLog, PlainHttp, Timeout, AllNotes,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(Timeout) is < 1 or > 3600)
            {
                result.AddError("--timeout: from 1 to 3600 seconds");
            }
        });
        command.SetAction(runner.Connected(RunAsync));
        return command;
    }

    private static async Task<int> RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var root = run.Arguments.GetRequiredValue(Url);
        var login = Login(run, root);
        var options = new SiteMoveOptions(
            run.Arguments.GetValue(Origin) is { } origin && !string.IsNullOrWhiteSpace(origin) ? origin.Trim() : root.Host,
            run.Arguments.GetValue(DryRun),
            run.Arguments.GetValue(Anew),
            run.Arguments.GetValue(IgnoreLog));
        using var site = new SiteClient(root, login, TimeSpan.FromSeconds(run.Arguments.GetValue(Timeout) ?? UsualTimeout), run.Report.Surroundings.Time);
        var move = new SiteMove(site, new(site, PageSize), run.Grains, options, run.Report.Surroundings.Time);
        try
        {
            await run.Report.WithProgress($"taking {root.Host} over", async tell =>
            {
                await move.RunAsync(tell, cancellationToken);
                return true;
            });
        }
        catch (Exception fault) when (fault is RefusedException or OperationCanceledException && !options.DryRun && move.Report.Total > 0)
        {
            throw new RefusedException(
                $"{(fault is RefusedException ? fault.Message : "stopped")}. {move.Report.Outcomes.Count:N0} of {Counted.Of(move.Report.Total, "target")} are done; the same command goes on from there", fault);
        }

        run.Report.Answer(MovingInOutput.Document(root, options, move.Report), () => MovingInOutput.Show(run.Report, root, options, move.Report, run.Arguments.GetValue(AllNotes)));
        return ExitCode.Done;
    }

    private static SiteLogin? Login(CommandRun run, Uri root)
    {
        var surroundings = run.Report.Surroundings;
        var user = run.Arguments.GetValue(User) ?? surroundings.Variable("TOM_IMPORT_USER");
        var login = !string.IsNullOrEmpty(user) ? SiteLogin.Basic(user, Password(run, user))
            : surroundings.Variable("TOM_IMPORT_TOKEN") is { Length: > 0 } token ? SiteLogin.Token(token.Trim())
            : null;
        return login is not null && root.Scheme == "http" && !root.IsLoopback && !run.Arguments.GetValue(PlainHttp)
            ? throw new RefusedException("the password would go to another machine unencrypted: use https://, or give --plain-http where you trust the network between")
            : login;
    }

    private static string Password(CommandRun run, string user)
    {
        var surroundings = run.Report.Surroundings;
        if (run.Arguments.GetValue(PasswordFile) is { } file)
        {
            return File.ReadLines(Path.Combine(surroundings.WorkingFolder, file)).FirstOrDefault() is { Length: > 0 } line ? line : throw new RefusedException($"'{file}' is empty");
        }

        if (surroundings.Variable("TOM_IMPORT_PASSWORD") is { Length: > 0 } password)
        {
            return password;
        }

        if (!surroundings.InIsTerminal)
        {
            throw new RefusedException("the account has no password: set TOM_IMPORT_PASSWORD, or give --password-file");
        }

        surroundings.Error.Write(SafeText.Line($"Password of {user}: "));
        return surroundings.ReadSecret() is { Length: > 0 } typed ? typed : throw new RefusedException("no password was given");
    }
}
