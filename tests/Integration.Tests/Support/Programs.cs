namespace TomOrleans.Integration.Tests.Support;

/// <summary>Where the built programs are: in their projects' own output, of the same configuration as the tests.</summary>
public static class Programs
{
    public static string Silo { get; } = OutputOf("Silo");

    public static string Client { get; } = OutputOf("Client");

    /// <summary>The account's state folder for the programs under test, so that they leave nothing in the real one.</summary>
    public static string StateHome { get; } = Directory.CreateTempSubdirectory("tom-state-").FullName;

    private static string OutputOf(string project)
    {
        // .../tests/Integration.Tests/bin/Release/net10.0/
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var root = output.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
        return Path.Combine(root, "src", project, "bin", output.Parent.Name, output.Name, $"TomOrleans.{project}.dll");
    }
}
