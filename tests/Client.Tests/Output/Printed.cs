using TomOrleans.Client.Output;

namespace TomOrleans.Client.Tests.Output;

/// <summary>What a piece of output puts on standard output where that is no terminal.</summary>
internal static class Printed
{
    public static string By(Action<Report> print, bool json = false)
    {
        using var console = new ConsoleRun();
        using var output = new StringWriter { NewLine = "\n" };
        print(new(console.Surroundings(output, TextWriter.Null), json));
        return output.ToString();
    }
}
