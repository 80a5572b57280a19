using System.Collections.Immutable;
using System.CommandLine;
using TomOrleans.Client.Input;
using TomOrleans.Client.Output;
using TomOrleans.Targets;

namespace TomOrleans.Client.Commands;

/// <summary><c>tom photometry import FILE</c>: sends a file to the silo, which reads it and stores its points.</summary>
internal static class PhotometryImportCommand
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private static readonly Argument<FileInfo> Content = new("FILE") { Description = $"The file, at most {PhotometryImportRequest.MaxBytes / 1024 / 1024} MiB." };

    private static readonly Option<string> Target = Text("--target", "NAME", "All rows belong to this target (default: the file's column target).");

    private static readonly Option<string> Format = Text(
        "--format", "name", "csv, jsonl, ecsv, votable, toolkit, toolkit-csv, skyportal, atlas, ztf, asassn, gaia, sncosmo, nmma or table (default: recognised).");

    private static readonly Option<string[]> Map = new("--map")
    {
        HelpName = "COLUMN=FIELD",
        Description = "What a column holds: target, time, mjd, jd, band, magnitude, magnitudeerror, limit, flux, fluxerror, zeropoint, unit, telescope, instrument, exposure, origin, comments, "
            + "ignore, ...; the column by its name, or by its number from 1. May be given several times.",
        AllowMultipleArgumentsPerToken = false,
    };

    private static readonly Option<string> Telescope = Text("--telescope", "name", "Of rows that state none.");

    private static readonly Option<string> Instrument = Text("--instrument", "name", "Of rows that state none.");

    private static readonly Option<string> Band = Text("--band", "name", "Of rows that state none.");

    private static readonly Option<string> Origin = Text("--origin", "name", "Who measured, for rows that do not say (default: what the format tells, else this TOM).");

    private static readonly Option<string> Unit = Text("--unit", "unit", "Of rows that state none: 'AB mag', 'Vega mag', mag, nJy, uJy, mJy, Jy or 'erg/s/cm2/A'.");

    private static readonly Option<string> Scale = Text("--scale", "scale", "Of Julian dates: utc (default), tai, tt, tdb or tcb.");

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Store nothing; tell what would become of each row." };

    private static readonly Option<bool> SkipBad = new("--skip-bad") { Description = "Store the good rows of a file that has unreadable ones; without it such a file is refused whole." };

    private static readonly Option<bool> AllRows = new("--rows") { Description = "Print every row with its fate, not only the first that need a look." };

    public static Command Create(CommandRunner runner)
    {
        var command = new Verb(
            "import",
            "Reads a file of photometry into the TOM. What is there already is known, another value of the same measurement is kept as a revision; repeating an import changes nothing. A file with "
            + "rows that cannot be read for certain is refused whole, with the reasons.",
            "tom photometry import forced.txt --target SIM-001 --dry-run",
            "tom photometry import curve.csv --target SIM-001 --telescope FTN --unit 'AB mag'",
            "tom photometry import table.csv --target SIM-001 --map 'Date (UT)=time' --map 5=magnitude --band g",
            "tom photometry import night.jsonl --skip-bad --json")
        {
            Content, Target, Format, Map, Telescope, Instrument, Band, Origin, Unit, Scale, DryRun, SkipBad, AllRows,
        };
        command.Validators.Add(result =>
        {
            if ((result.GetValue(Map) ?? []).FirstOrDefault(text => ColumnInput.Parse(text) is null) is { } wrong)
            {
                result.AddError($"--map: '{SafeText.Line(wrong)}' is not COLUMN=FIELD");
            }
        });
        command.SetAction(runner.Connected(RunAsync));
        return command;
    }

    private static async Task<int> RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var file = run.Arguments.GetRequiredValue(Content);
        var path = Path.Combine(run.Report.Surroundings.WorkingFolder, file.ToString());
        var grain = run.Grains.PhotometryImport(Guid.NewGuid());
        var status = await run.Report.WithProgress($"reading {file.Name}", async tell =>
        {
            await UploadAsync(grain, path, file.ToString(), cancellationToken);
            await grain.StartAsync(Request(run.Arguments, file));
            return await EndAsync(grain, run.Report.Surroundings.Time, tell, cancellationToken);
        });
        var rows = await RowsAsync(grain, status.Rows);
        var dryRun = run.Arguments.GetValue(DryRun);
        run.Report.Answer(
            ImportOutput.Document(file.Name, status, rows, dryRun),
            () => ImportOutput.Show(run.Report, file.Name, status, rows, dryRun, run.Arguments.GetValue(AllRows)));
        return status.State == ImportState.Done ? ExitCode.Done : throw new RefusedException(status.Reason ?? "the import has not ended");
    }

    private static async Task UploadAsync(IPhotometryImportGrain grain, string path, string given, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw new RefusedException($"no file '{given}'");
        }

        await using var stream = File.OpenRead(path);
        if (stream.Length is 0 or > PhotometryImportRequest.MaxBytes)
        {
            throw new RefusedException(stream.Length == 0 ? $"'{given}' is empty" : $"'{given}' has {stream.Length:N0} bytes; at most {PhotometryImportRequest.MaxBytes:N0} can be imported: split it");
        }

        var part = new byte[PhotometryImportRequest.MaxPart];
        for (var number = 0; await stream.ReadAtLeastAsync(part, part.Length, throwOnEndOfStream: false, cancellationToken) is var read and > 0; number++)
        {
            await grain.UploadAsync(number, part[..read]);
        }
    }

    /// <summary>Waits for the end. Throws where the silo that had the import is gone.</summary>
    private static async Task<PhotometryImportStatus> EndAsync(IPhotometryImportGrain grain, TimeProvider time, Action<double> tell, CancellationToken cancellationToken)
    {
        while (true)
        {
            var status = await grain.GetStatusAsync().WaitAsync(cancellationToken);
            if (status.HasEnded)
            {
                return status;
            }

            if (status.State == ImportState.Waiting)
            {
                throw new RefusedException("the silo that did the import is gone; do it again: what was stored is known then, and nothing is stored twice");
            }

            tell(status.Rows == 0 ? 0 : (double)status.Judged / status.Rows);
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private static async Task<ImmutableArray<ImportedRow>> RowsAsync(IPhotometryImportGrain grain, int count)
    {
        var rows = ImmutableArray.CreateBuilder<ImportedRow>(count);
        while (rows.Count < count && await grain.GetRowsAsync(rows.Count, 20_000) is { IsEmpty: false } page)
        {
            rows.AddRange(page);
        }

        return rows.DrainToImmutable();
    }

    private static PhotometryImportRequest Request(ParseResult arguments, FileInfo file) => new()
    {
        FileName = file.Name,
        Format = arguments.GetValue(Format),
        Target = arguments.GetValue(Target),
        Columns = [.. (arguments.GetValue(Map) ?? []).Select(text => ColumnInput.Parse(text)!)],
        Telescope = arguments.GetValue(Telescope),
        Instrument = arguments.GetValue(Instrument),
        Band = arguments.GetValue(Band),
        Origin = arguments.GetValue(Origin),
        Unit = arguments.GetValue(Unit),
        TimeScale = arguments.GetValue(Scale),
        DryRun = arguments.GetValue(DryRun),
        SkipBad = arguments.GetValue(SkipBad),
    };

    private static Option<string> Text(string name, string form, string description) => new(name) { HelpName = form, Description = description };
}
