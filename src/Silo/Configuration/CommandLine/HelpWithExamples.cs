using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace TomOrleans.Silo.Configuration.CommandLine;

/// <summary>The usual help, and below the root command's some lines to copy.</summary>
internal sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
{
    private const string Examples = """
        Examples:
          dotnet run -c Release --project src/Silo
              the sandbox: simulated alerts, an embedded Kafka and a stand-in for Hermes
          dotnet run -c Release --project src/Silo -- --config tom.json --check-config
              is this configuration right, and what does it come to?
          dotnet run -c Release --project src/Silo -- --config tom.json
              real streams
          dotnet run -c Release --project src/Silo -- token add --role operator --name anna --config tom.json
              a token for somebody who may pause streams and retry messages

        Every setting is explained in docs/configuration.md.
        """;

    public override bool Terminating => true;

    public override int Invoke(ParseResult parseResult)
    {
        var code = usual.Invoke(parseResult);
        if (parseResult.CommandResult.Command is RootCommand)
        {
            parseResult.InvocationConfiguration.Output.WriteLine(Examples);
        }

        return code;
    }
}
