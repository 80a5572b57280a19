using System.Text;
using TomOrleans.Client.Output;
using TomOrleans.Targets;

namespace TomOrleans.Client.Commands;

/// <summary>A target's measurements into a file, or onto standard output.</summary>
internal static class PhotometryDownload
{
    private const string StandardOutput = "-";

    public static async Task WriteAsync(CommandRun run, string name, PhotometryFileFormat format, string file, CancellationToken cancellationToken)
    {
        var target = await run.Grains.TargetDirectory().FindAsync(name);
        var grain = run.Grains.TargetPhotometry(target.Id);
        if (file == StandardOutput)
        {
            var (_, withdrawn) = await CopyAsync(grain, format, content => run.Report.Surroundings.Out.WriteAsync(Encoding.UTF8.GetString(content)));
            if (withdrawn > 0)
            {
                await run.Report.Surroundings.Error.WriteLineAsync($"tom: {Counted.Of(withdrawn, "retracted point")} left out");
            }

            return;
        }

        // Whole or not at all: a name that is there keeps what it has until the new file is complete.
        var path = Path.Combine(run.Report.Surroundings.WorkingFolder, file);
        var part = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            int points, leftOut;
            await using (var stream = System.IO.File.Create(part))
            {
                (points, leftOut) = await CopyAsync(grain, format, content => stream.WriteAsync(content, cancellationToken).AsTask());
            }

            System.IO.File.Move(part, path, overwrite: true);
            run.Report.Line(SafeText.Line(
                $"{Counted.Of(points, "point")} of {target.Name} written to {file}{(leftOut > 0 ? $"; {leftOut:N0} retracted ones left out" : "")}"));
        }
        finally
        {
            System.IO.File.Delete(part);
        }
    }

    private static async Task<(int Points, int LeftOut)> CopyAsync(ITargetPhotometryGrain grain, PhotometryFileFormat format, Func<byte[], Task> write)
    {
        var (points, leftOut) = (0, 0);
        for (int? from = 0; from is { } place;)
        {
            var page = await grain.ExportAsync(format, place);
            await write(page.Content);
            (points, leftOut, from) = (points + page.Points, leftOut + page.LeftOut, page.Next);
        }

        return (points, leftOut);
    }
}
