using System.CommandLine;
using TomOrleans.Client.Output;

namespace TomOrleans.Client.Commands;

/// <summary><c>tom spectra NAME [ID]</c>: a target's spectra, or the numbers of one. <c>import</c> stands beside it.</summary>
internal static class SpectraCommand
{
    public static Command Create(CommandRunner runner)
    {
        var name = TargetArgument.Create();
        var id = new Argument<long?>("ID") { Description = "One of them, with its numbers.", Arity = ArgumentArity.ZeroOrOne };
        var csv = new Option<string>("--csv") { HelpName = "FILE", Description = "With ID: write its numbers to this file, over one of that name; - for standard output." };
        var command = new Verb(
            "spectra",
            "The spectra of a target in time order; reads them in from files, writes them to files.",
            "tom spectra SIM-001",
            "tom spectra SIM-001 3 --csv spectrum.csv",
            "tom spectra import spectrum.txt --target SIM-001 --time 2026-11-01T02:03:04Z",
            "tom spectra -- import     (a target that is called import)")
        {
            name, id, csv,
            SpectraImportCommand.Create(runner),
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(csv) is not null && (result.GetResult(id) is null || result.GetValue(id) is null))
            {
                result.AddError("--csv writes the numbers of one spectrum: give its ID too");
            }
        });
        command.SetAction(runner.Connected(async (run, cancellationToken) =>
        {
            var target = await run.Grains.TargetDirectory().FindAsync(run.Arguments.GetRequiredValue(name));
            var grain = run.Grains.TargetSpectra(target.Id);
            if (run.Arguments.GetValue(id) is not { } chosen)
            {
                var spectra = await grain.ListAsync();
                run.Report.Answer(SpectrumOutput.Document(target, spectra), () => SpectrumOutput.Show(run.Report, target, spectra));
                return ExitCode.Done;
            }

            var spectrum = await grain.GetAsync(chosen);
            if (run.Arguments.GetValue(csv) is { } file)
            {
                await WriteAsync(run.Report, SpectrumOutput.Csv(spectrum), file, cancellationToken);
                return ExitCode.Done;
            }

            run.Report.Answer(SpectrumOutput.Document(spectrum), () => SpectrumOutput.Show(run.Report, spectrum));
            return ExitCode.Done;
        }));
        return command;
    }

    private static async Task WriteAsync(Report report, string text, string file, CancellationToken cancellationToken)
    {
        if (file == "-")
        {
            await report.Surroundings.Out.WriteAsync(text.AsMemory(), cancellationToken);
            return;
        }

        await File.WriteAllTextAsync(Path.Combine(report.Surroundings.WorkingFolder, file), text, cancellationToken);
        report.Line(SafeText.Line($"written to {file}"));
    }
}
