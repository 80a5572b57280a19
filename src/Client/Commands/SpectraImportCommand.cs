using System.CommandLine;
using TomOrleans.Client.Output;
using TomOrleans.Targets;

namespace TomOrleans.Client.Commands;

/// <summary><c>tom spectra import FILE</c>: reads one spectrum into the TOM.</summary>
internal static class SpectraImportCommand
{
    public static Command Create(CommandRunner runner)
    {
        var content = new Argument<FileInfo>("FILE") { Description = $"Columns of wavelength, flux and perhaps error, between blanks or commas, or ECSV; at most {SpectrumFile.MaxBytes / 1024 / 1024} MiB." };
        var target = Text("--target", "NAME", "Whose spectrum it is.");
        target.Required = true;
        var time = Text("--time", "time", "When it was taken: ISO 8601, JD or MJD (default: a comment # DATE-OBS: ... in the file).");
        var telescope = Text("--telescope", "name", "Where (default: # TELESCOPE: or # FACILITY:).");
        var instrument = Text("--instrument", "name", "With what (default: # INSTRUMENT:).");
        var wavelengthUnit = Text("--wavelength-unit", "unit", "Angstrom, nm, um, Hz, ... (default: what the file says; else not stated).");
        var fluxUnit = Text("--flux-unit", "unit", "erg/s/cm2/A, mJy, ... (default: what the file says; else not stated).");
        var origin = Text("--origin", "name", "Who made it (default: this TOM).");
        var dryRun = new Option<bool>("--dry-run") { Description = "Store nothing; tell what would become of it." };
        var command = new Verb(
            "import",
            "Reads a file with one spectrum into the TOM. The same numbers again are known; others of the same origin, time and instrument are kept as a revision.",
            "tom spectra import spectrum.txt --target SIM-001",
            "tom spectra import spectrum.csv --target SIM-001 --time 60000.25 --telescope FTN --wavelength-unit Angstrom --flux-unit erg/s/cm2/A")
        {
            content, target, time, telescope, instrument, wavelengthUnit, fluxUnit, origin, dryRun,
        };
        command.SetAction(runner.Connected(async (run, cancellationToken) =>
        {
            var file = run.Arguments.GetRequiredValue(content);
            var path = Path.Combine(run.Report.Surroundings.WorkingFolder, file.ToString());
            if (!File.Exists(path))
            {
                throw new RefusedException($"no file '{file}'");
            }

            if (new FileInfo(path).Length > SpectrumFile.MaxBytes)
            {
                throw new RefusedException($"'{file}' is larger than {SpectrumFile.MaxBytes:N0} bytes");
            }

            var found = await run.Grains.TargetDirectory().FindAsync(run.Arguments.GetRequiredValue(target));
            var receipt = await run.Grains.TargetSpectra(found.Id).ImportAsync(new()
            {
                Name = file.Name,
                Content = await File.ReadAllBytesAsync(path, cancellationToken),
                Time = run.Arguments.GetValue(time),
                Telescope = run.Arguments.GetValue(telescope),
                Instrument = run.Arguments.GetValue(instrument),
                WavelengthUnit = run.Arguments.GetValue(wavelengthUnit),
                FluxUnit = run.Arguments.GetValue(fluxUnit),
                Origin = run.Arguments.GetValue(origin),
                DryRun = run.Arguments.GetValue(dryRun),
            });
            run.Report.Answer(
                new { Target = found.Name, Fate = receipt.Fate, DryRun = run.Arguments.GetValue(dryRun), Spectrum = SpectrumOutput.Head(receipt.Head) },
                () => run.Report.Line(SafeText.Line($"{found.Name}: {SpectrumOutput.Words(receipt, run.Arguments.GetValue(dryRun))}")));
            return ExitCode.Done;
        }));
        return command;
    }

    private static Option<string> Text(string name, string form, string description) => new(name) { HelpName = form, Description = description };
}
