using System.CommandLine;
using TomOrleans.Client.Input;
using TomOrleans.Client.Output;

namespace TomOrleans.Client.Commands;

/// <summary><c>tom audit</c>: who shared what where.</summary>
internal static class AuditCommand
{
    public static Command Create(CommandRunner runner)
    {
        var since = Parsed.Time("--since", $"Only what was done at or after this time: {TimeInput.Allowed}.");
        var target = new Option<string>("--target") { HelpName = "name", Description = "Only what was done about this target, by name or alias." };
        var destination = new Option<string>("--destination") { HelpName = "name", Description = "Only what went to this destination, or was ordered for it." };
        var page = new PageOptions();
        var command = new Verb(
            "audit",
            "Who shared what where, and who retried, cancelled, retracted, paused and ordered what, newest first. Needs the role operator.",
            "tom audit",
            "tom audit --since 2026-11-01 --destination hermes",
            "tom audit --target 'AT 2026abc' --json")
        {
            since,
            target,
            destination,
        };
        page.AddTo(command);
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var offset = page.Offset(run.Arguments);
            var audit = await run.Grains.Audit().ListAsync(new()
            {
                SinceMicroseconds = run.Arguments.GetValue(since),
                Target = run.Arguments.GetValue(target),
                Destination = run.Arguments.GetValue(destination),
                Limit = page.Limit(run.Arguments),
                Offset = offset,
            });
            run.Report.Answer(AuditOutput.Document(audit), () => AuditOutput.Show(run.Report, audit, offset));
            return ExitCode.Done;
        }));
        return command;
    }
}
