using System.CommandLine;
using System.Globalization;
using TomOrleans.Client.Output;
using TomOrleans.Targets;

namespace TomOrleans.Client.Commands;

/// <summary><c>tom files NAME [ID]</c>: the files that are kept with a target (what other TOMs sent as data products, and what was added on the page), or one of them.</summary>
internal static class FilesCommand
{
    private const int PageSize = 500;

    public static Command Create(CommandRunner runner, Surroundings surroundings)
    {
        var name = TargetArgument.Create();
        var id = new Argument<long?>("ID") { Description = "One of them: written to a file.", Arity = ArgumentArity.ZeroOrOne };
        var output = new Option<string>("--output", "-o") { HelpName = "FILE", Description = "With ID: where to, over a file of that name; - for standard output (default: the file's own name, in this folder, if there is none of that name)." };
        var remove = new Option<bool>("--remove") { Description = "With ID: remove the file from the TOM. Points that came of it stay." };
        var confirmation = new Confirmation(surroundings);
        var command = new Verb(
            "files",
            "The files kept with a target: data products that other TOMs sent, and files added on the page. Downloads one, or removes it.",
            "tom files SIM-001",
            "tom files SIM-001 3",
            "tom files SIM-001 3 -o night1.csv",
            "tom files SIM-001 3 --remove")
        {
            name, id, output, remove,
        };
        confirmation.AddOptionTo(command);
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var target = await run.Grains.TargetDirectory().FindAsync(run.Arguments.GetRequiredValue(name));
            var files = await ListAsync(run, target);
            if (run.Arguments.GetValue(id) is not { } asked)
            {
                if (run.Arguments.GetValue(remove) || run.Arguments.GetValue(output) is not null)
                {
                    throw new RefusedException("which file? tom files NAME lists them with their ids");
                }

                run.Report.Answer(FileOutput.Document(target, files), () => FileOutput.Show(run.Report, target, files));
                return ExitCode.Done;
            }

            var file = files.FirstOrDefault(file => file.Id == asked) ?? throw new RefusedException($"{target.Name} has no file {asked.ToString(CultureInfo.InvariantCulture)}; tom files NAME lists them");
            return run.Arguments.GetValue(remove) ? await RemoveAsync(run, file, confirmation) : await DownloadAsync(run, file, run.Arguments.GetValue(output));
        }));
        return command;
    }

    private static async Task<List<DataProduct>> ListAsync(CommandRun run, Target target)
    {
        var files = new List<DataProduct>();
        DataProductPage page;
        do
        {
            page = await run.Grains.DataProducts().ListAsync(target.Id, files.Count, PageSize);
            files.AddRange(page.Products);
        }
        while (!page.Products.IsEmpty && files.Count < page.Total);
        return files;
    }

    private static async Task<int> RemoveAsync(CommandRun run, DataProduct file, Confirmation confirmation)
    {
        confirmation.Ask(run.Arguments, SafeText.Line($"Remove {file.FileName} for good?"), "the file was kept");
        await run.Grains.DataProducts().RemoveAsync(file.Id);
        run.Report.Answer(FileOutput.Document(file), () => run.Report.Line(SafeText.Line($"{file.FileName} is removed")));
        return ExitCode.Done;
    }

    private static async Task<int> DownloadAsync(CommandRun run, DataProduct file, string? output)
    {
        var content = (await run.Grains.DataProducts().GetContentAsync(file.Id)).Content;
        if (output == "-")
        {
            await using var standard = Console.OpenStandardOutput();
            await standard.WriteAsync(content);
            return ExitCode.Done;
        }

        // The name is a stranger's: nothing of it may lead out of this folder, or over what is here.
        var path = Path.Combine(run.Report.Surroundings.WorkingFolder, output ?? Path.GetFileName(file.FileName));
        if (output is null && File.Exists(path))
        {
            throw new RefusedException($"there is a file '{file.FileName}' here already: say where to (--output FILE)");
        }

        await File.WriteAllBytesAsync(path, content);
        run.Report.Answer(FileOutput.Document(file), () => run.Report.Line(SafeText.Line($"{path}: {Counted.Of(content.Length, "byte")}")));
        return ExitCode.Done;
    }
}
