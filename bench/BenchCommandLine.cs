using System.CommandLine;
using TomOrleans.Bench.Broker;
using TomOrleans.Bench.Output;
using TomOrleans.Bench.Toms;
using TomOrleans.Bench.Verbs;

namespace TomOrleans.Bench;

/// <summary>The command line of the benchmark. Exit codes: 0 done, 1 refused or failed, 2 wrong usage.</summary>
internal sealed class BenchCommandLine
{
    private readonly Option<bool> _quick = new("--quick") { Description = "Fewer messages; ends within two minutes." };
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON document and nothing else." };
    private readonly Option<bool> _stages = new("--stages") { Description = "Measure the way of a message cut short after each stage, too." };
    private readonly Option<string?> _only = new("--only") { Description = "Measure only what has this text, or one of several with | between, in its brief name, beside R1.", HelpName = "TEXT" };
    private readonly Option<int> _rounds = new("--rounds")
    {
        Description = "How often everything that is compared runs, after a warm-up.",
        HelpName = "N",
        DefaultValueFactory = _ => BenchOptions.FewestRounds,
    };

    public async Task<int> InvokeAsync(string[] arguments)
    {
        var parsed = BuildRoot().Parse(arguments);
        var code = await parsed.InvokeAsync();
        return parsed.Errors.Count > 0 ? 2 : code;
    }

    private RootCommand BuildRoot()
    {
        _rounds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < BenchOptions.FewestRounds)
            {
                result.AddError($"--rounds: at least {BenchOptions.FewestRounds}");
            }
        });
        var ingest = Verb("ingest", "Alerts through the grains, in memory, beside a raw consumer of the same messages.", IngestVerb.RunAsync);
        ingest.Options.Add(_stages);
        var broker = new Command("broker", "The embedded Kafka in a process of its own; ends with its standard input.") { Hidden = true };
        broker.SetAction((_, stop) => BrokerLoop.RunAsync(Console.In, Console.Out, stop));
        return new("Measures TomOrleans beside the raw clients, in one process and run.")
        {
            ingest,
            Verb("durable", "The whole durable path, to the last point and cursor on disk, beside a raw consumer of the same messages.", DurableVerb.RunAsync),
            Verb("decode", "Decoding alone, beside System.Text.Json on the same bytes.", DecodeVerb.RunAsync),
            Verb("targets", "Targets found by name and place, a point more on targets of all sizes, large files; SQLite, and PostgreSQL where TOM_TEST_POSTGRES names one.", TargetsVerb.RunAsync),
            NotYet("sharing"),
            broker,
            BacklogTomVerb(),
        };
    }

    private Command Verb(string name, string description, Func<BenchOptions, Report, Task> run)
    {
        var verb = new Command(name, description) { _quick, _json, _rounds, _only };
        verb.SetAction(async (parsed, _) =>
        {
            var options = new BenchOptions(
                parsed.GetValue(_quick), parsed.GetValue(_json), parsed.GetValue(_rounds), parsed.GetValue(_only), name == "ingest" && parsed.GetValue(_stages));
            try
            {
                var report = new Report(name, options);
                await run(options, report);
                report.Print();
                return 0;
            }
            catch (Exception exception) when (exception is BenchException or TomException)
            {
                await Console.Error.WriteLineAsync(exception.Message);
                return 1;
            }
        });
        return verb;
    }

    private static Command BacklogTomVerb()
    {
        var (broker, topic, messages) = (new Argument<string>("BROKER"), new Argument<string>("TOPIC"), new Argument<long>("MESSAGES"));
        var targets = new Argument<int>("TARGETS");
        var hanging = new Option<bool>("--hanging");
        var verb = new Command(BacklogCase.Verb, "The TOM of the backlog case, in a process of its own.") { broker, topic, messages, targets, hanging };
        verb.Hidden = true;
        verb.SetAction((parsed, _) => BacklogTom.RunAsync(
            parsed.GetRequiredValue(broker), parsed.GetRequiredValue(topic), parsed.GetRequiredValue(messages), parsed.GetRequiredValue(targets), parsed.GetValue(hanging), Console.Out));
        return verb;
    }

    private Command NotYet(string name)
    {
        var verb = new Command(name, "Comes later.") { _quick, _json };
        verb.SetAction(_ =>
        {
            Console.Error.WriteLine($"{name} is not built yet; measured so far: ingest, durable, decode, targets.");
            return 1;
        });
        return verb;
    }
}
