using System.Diagnostics;

namespace TomOrleans.Integration.Tests.Support;

/// <summary>Where the built programs are: in their projects' own output, of the same configuration as the tests.</summary>
public static class Programs
{
    /// <summary>Of the repository; the tests run in .../tests/Integration.Tests/bin/Release/net10.0/.</summary>
    public static string Root { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Parent!.Parent!.Parent!.Parent!.FullName;

    public static string Silo { get; } = OutputOf("src", "Silo");

    public static string Client { get; } = OutputOf("src", "Client");

    /// <summary>The account's state folder for the programs under test, so that they leave nothing in the real one.</summary>
    public static string StateHome { get; } = Directory.CreateTempSubdirectory("tom-state-").FullName;

    /// <summary>What every program under test is started with.</summary>
    public static void Prepare(ProcessStartInfo program)
    {
        program.Environment["XDG_STATE_HOME"] = StateHome;

        // They live for seconds: code that is watched for being made better later takes a tenth more of the start.
        program.Environment["DOTNET_TieredPGO"] = "0";
    }

    public static string Sample(string name) => OutputOf("samples", name);

    /// <summary>A program or plug-in that only tests use.</summary>
    public static string Test(string name) => OutputOf("tests", name);

    private static string OutputOf(string folder, string project)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(Root, folder, project, "bin", output.Parent!.Name, output.Name, $"TomOrleans.{project}.dll");
    }
}
