using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using TomOrleans.Bench.Broker;
using TomOrleans.Bench.Load;
using TomOrleans.Bench.Measuring;
using TomOrleans.Streams.Kafka;
using TomOrleans.Streams.Kafka.Sessions;

namespace TomOrleans.Bench.Output;

/// <summary>What a run found: tables for people, or the document for programs. Progress goes to standard error.</summary>
internal sealed class Report
{
    private const int WidthInFiles = 180;
    private readonly BenchOptions _options;
    private readonly List<(string Name, string Text)> _facts = [];
    private readonly List<(IReadOnlyList<Result> Results, string[] References)> _contests = [];

    public Report(string verb, BenchOptions options)
    {
        _options = options;
        _facts.AddRange(MachineFacts.Now());
        Fact("run", $"{verb}{(options.Quick ? " --quick" : "")}, {options.Rounds} rounds after a warm-up");
        Fact("loadAverageBefore", MachineFacts.LoadAverage());
    }

    private readonly List<TimedResult> _timed = [];

    public static TextWriter Progress => Console.Error;

    public void Fact(string name, string text) => _facts.Add((name, text));

    /// <summary>The properties that every consumer of the run gives librdkafka.</summary>
    public void Consumer(StreamSettings settings)
    {
        var properties = ClientProperties.Of(settings, new TopicPatterns(settings.Topics), out _);
        var shown = properties.Where(property => property.Key is not ("bootstrap.servers" or "group.id")).OrderBy(property => property.Key, StringComparer.Ordinal);
        if (_facts.TrueForAll(fact => fact.Name != "consumer"))
        {
            Fact("consumer", string.Join(' ', shown.Select(property => $"{property.Key}={property.Value}")));
        }
    }

    public async Task<LoadTopic> FillAsync(KafkaBroker broker, string topic, int messages, int targets, int partitions = LoadFiller.UsualPartitions)
    {
        await Progress.WriteLineAsync($"filling {topic} with {messages} messages");
        var load = await new LoadFiller(broker, partitions).FillAsync(topic, messages, targets);
        Fact(topic, load.ToString());
        return load;
    }

    /// <param name="results">Of contenders that ran in turn.</param>
    /// <param name="references">By whose rates theirs are divided; the document has the first.</param>
    public void Add(IReadOnlyList<Result> results, params string[] references) => _contests.Add((results, references));

    /// <summary>A case that has a time to answer in.</summary>
    public void Add(TimedResult result) => _timed.Add(result);

    public void Print()
    {
        Fact("loadAverageAfter", MachineFacts.LoadAverage());
        if (_options.Json)
        {
            var cases = _contests.SelectMany(contest => contest.Results.Select(result => CaseOf(result, contest.Results, contest.References[0]))).Concat(_timed.Select(CaseOf)).ToArray();
            Console.WriteLine(JsonSerializer.Serialize(new(_facts.ToDictionary(fact => fact.Name, fact => fact.Text), cases), BenchJson.Default.BenchDocument));
            return;
        }

        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = WidthInFiles;
        }

        foreach (var (name, text) in _facts)
        {
            Console.WriteLine($"{name}: {text}");
        }

        foreach (var (results, references) in _contests)
        {
            AnsiConsole.Write(TableOf(results, references));
        }

        if (_timed.Count > 0)
        {
            AnsiConsole.Write(TableOf(_timed));
        }
    }

    private static BenchCase CaseOf(TimedResult result) => new(
        result.Case.Name,
        "ms",
        Math.Round(Spread.Of(result.Rounds.Select(round => round.Milliseconds)).Median, 4),
        RatioTo: null,
        Ratio: null,
        Math.Round(Spread.Of(result.Rounds.Select(round => round.CpuMicroseconds)).Median, 2),
        Math.Round(Spread.Of(result.Rounds.Select(round => round.Bytes)).Median),
        [.. result.Rounds.Select(round => new BenchRound(Math.Round(round.Milliseconds, 4), null, Math.Round(round.CpuMicroseconds, 2), Math.Round(round.Bytes)))]);

    private static Table TableOf(List<TimedResult> timed)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("case");
        table.AddColumns(Right("ms"), Right("at most"), Right("CPU us"), Right("bytes"));
        foreach (var result in timed)
        {
            string[] cells =
            [
                result.Case.Name,
                Text(result.Rounds.Select(round => round.Milliseconds), "0.000"),
                result.Case.BarMilliseconds.ToString(CultureInfo.InvariantCulture),
                Text(result.Rounds.Select(round => round.CpuMicroseconds), "0.0"),
                Text(result.Rounds.Select(round => round.Bytes), "#,0"),
            ];
            table.AddRow([.. cells.Select(cell => new Text(cell))]);
        }

        return table;
    }

    private static BenchCase CaseOf(Result result, IReadOnlyList<Result> results, string reference)
    {
        var other = results.First(candidate => candidate.Contender.Short == reference);
        double[]? ratios = other == result ? null : [.. result.RatiosTo(other)];
        return new(
            result.Contender.Name,
            "messages/s",
            Math.Round(Spread.Of(result.Rounds.Select(round => round.PerSecond)).Median),
            ratios is null ? null : other.Contender.Name,
            ratios is null ? null : Math.Round(Spread.Of(ratios).Median, 3),
            Math.Round(Spread.Of(result.Rounds.Select(round => round.CpuMicrosecondsPerItem)).Median, 2),
            Math.Round(Spread.Of(result.Rounds.Select(round => round.BytesPerItem)).Median),
            [.. result.Rounds.Select((round, i) => new BenchRound(
                Math.Round(round.PerSecond),
                ratios is null ? null : Math.Round(ratios[i], 3),
                Math.Round(round.CpuMicrosecondsPerItem, 2),
                Math.Round(round.BytesPerItem)))]);
    }

    private static Table TableOf(IReadOnlyList<Result> results, string[] wanted)
    {
        string[] references = [.. wanted.Where(reference => results.Any(result => result.Contender.Short == reference))];
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("case");
        table.AddColumns([.. references.Select(reference => Right($"/ {reference}"))]);
        table.AddColumns(Right("CPU us"), Right("bytes"), Right("messages/s"), Right("gen0, gen2"));
        foreach (var result in results)
        {
            string[] cells =
            [
                result.Contender.Name,
                .. references.Select(reference => Text(result.RatiosTo(results.First(other => other.Contender.Short == reference)), "0.00")),
                Text(result.Rounds.Select(round => round.CpuMicrosecondsPerItem), "0.0"),
                Text(result.Rounds.Select(round => round.BytesPerItem), "#,0"),
                Text(result.Rounds.Select(round => round.PerSecond), "#,0"),
                string.Create(CultureInfo.InvariantCulture, $"{result.Rounds.Max(round => round.Gen0)}, {result.Rounds.Max(round => round.Gen2)}"),
            ];
            table.AddRow([.. cells.Select(cell => new Text(cell))]);
        }

        return table;
    }

    /// <summary>The median, and the lowest and highest round.</summary>
    private static string Text(IEnumerable<double> values, string format)
    {
        var spread = Spread.Of(values);
        string Of(double value) => value.ToString(format, CultureInfo.InvariantCulture);
        return $"{Of(spread.Median)} ({Of(spread.Lowest)}-{Of(spread.Highest)})";
    }

    private static TableColumn Right(string title) => new(title) { Alignment = Justify.Right, NoWrap = true };
}
