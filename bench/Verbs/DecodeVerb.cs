using System.Collections.Immutable;
using System.Text.Json;
using TomOrleans.Alerts;
using TomOrleans.Bench.Measuring;
using TomOrleans.Bench.Output;
using TomOrleans.Bench.Raw;
using TomOrleans.Grains.Alerts.Decoding;
using TomOrleans.Sandbox.Sky;

namespace TomOrleans.Bench.Verbs;

/// <summary>The decoder alone, on one thread, beside System.Text.Json and the lean reader on the same bytes.</summary>
internal static class DecodeVerb
{
    private const int Targets = 200;
    private const int Messages = 20_000;

    public static async Task RunAsync(BenchOptions options, Report report)
    {
        var partition = new TopicPartitionName(new("bench", "bench.decode"), 0);
        var records = new SimulatedLoad(seed: 20260701, Targets, new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero)).Messages(Messages, "bench.decode")
            .Select((message, n) => new MessageRecord(n, 0, null, message.Value.ToArray(), [.. message.Headers.Select(header => new MessageHeader(header.Key, header.Value))]))
            .ToImmutableArray();
        report.Fact("load", $"{Messages:N0} messages of {records.Sum(record => record.Value!.Length) / Messages:N0} bytes and 5 headers, {Targets} targets, in memory");
        var passes = options.Messages(quick: 5, full: 25);
        var lean = new LeanHermes();
        report.Add(
            await new Contest(options, Report.Progress).RunAsync(
            [
                Contender(
                    "System.Text.Json, source-generated records",
                    Contest.Reference,
                    record => JsonSerializer.Deserialize(record.Value, HermesJson.Default.HermesWireMessage)!.Data.Photometry.Count),
                Contender("Utf8JsonReader with an intern table, rows without a check", "R3", record => lean.Deserialize(record.Value, false, default).Length),
                Contender("MessageDecoder: headers, targets, points with every check", "MessageDecoder", record => MessageDecoder.Decode(record, partition).Report!.Points.Length),
            ]),
            Contest.Reference,
            "R3");

        Contender Contender(string name, string brief, Func<MessageRecord, int> decode) => new(name, brief, () =>
        {
            var rows = 0L;
            var start = Meter.Read();
            for (var pass = 0; pass < passes; pass++)
            {
                foreach (var record in records)
                {
                    rows += decode(record);
                }
            }

            var measured = start.Until(Meter.Read(), (long)passes * Messages);
            return rows >= 2L * passes * Messages ? Task.FromResult(measured) : throw new BenchException($"{name} found only {rows} rows.");
        });
    }
}
