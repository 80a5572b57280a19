using System.Collections.Immutable;
using System.CommandLine;
using TomOrleans.Targets;

namespace TomOrleans.Client.Commands;

/// <summary>The name of a target on the command line, and what is found by it.</summary>
internal static class TargetArgument
{
    public static Argument<string> Create() => new("NAME") { Description = "Name or alias of the target; case, blanks, -, _ and brackets do not count." };

    /// <summary>The target and its measurements in time order.</summary>
    public static async Task<(Target Target, ImmutableArray<PhotometryPoint> Points)> PhotometryOf(this CommandRun run, string name)
    {
        var target = await run.Grains.TargetDirectory().FindAsync(name);
        return (target, await run.Grains.Target(target.Id).GetPhotometryAsync());
    }
}
