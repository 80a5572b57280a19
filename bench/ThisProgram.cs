using System.Diagnostics;

namespace TomOrleans.Bench;

/// <summary>Starts this program again, as its own executable or by <c>dotnet</c>, as it was started.</summary>
internal static class ThisProgram
{
    public static Process Start(IEnumerable<string> arguments, Action<ProcessStartInfo> change)
    {
        var program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program, Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(ThisProgram).Assembly.Location, .. arguments] : arguments);
        change(start);
        return Process.Start(start)!;
    }
}
