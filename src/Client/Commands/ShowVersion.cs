using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;

namespace TomOrleans.Client.Commands;

/// <summary><c>tom 0.1.0</c>, without the build's hash.</summary>
internal sealed class ShowVersion : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var version = typeof(ShowVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        parseResult.InvocationConfiguration.Output.WriteLine($"tom {version.Split('+')[0]}");
        return ExitCode.Done;
    }
}
