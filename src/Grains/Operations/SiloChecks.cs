using System.Collections.Immutable;
using System.Globalization;
using System.Net.Sockets;
using TomOrleans.Grains.Sharing;
using TomOrleans.Operations;
using TomOrleans.Storage;
using TomOrleans.Storage.Migrations;

namespace TomOrleans.Grains.Operations;

/// <summary>What <c>tom doctor</c> looks at in one silo. Changes nothing.</summary>
public sealed class SiloChecks(
    ILocalSiloDetails silo, SiloIdentity identity, IConfigurationFile configuration, TomDatabase database, DestinationCatalog destinations, TimeProvider time)
{
    private const long LittleSpace = 1L << 30;
    private const long NoSpace = 100L << 20;
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongAnswer = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan ClockWarning = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ClockFault = TimeSpan.FromSeconds(30);

    public async Task<ImmutableArray<CheckResult>> RunAsync()
    {
        var found = await Task.WhenAll([.. destinations.All.Select(destination => DestinationAsync(destination.Options)), DatabaseAsync()]);
        return [Configuration(), .. found[^1], Disk(), Collector(), .. found[..^1].SelectMany(results => results)];
    }

    private CheckResult Configuration()
    {
        if (!configuration.Exists)
        {
            return Found("configuration", CheckState.Ok, "runs without a file");
        }

        var plan = configuration.Plan();
        return plan.Faults.Length > 0
            ? Found("configuration", CheckState.Warning, $"the file has {Count(plan.Faults.Length, "fault")} now and would be refused: {plan.Faults[0]}", "mend the file; what runs is not touched by it")
            : plan.Changes.Length > 0
            ? Found("configuration", CheckState.Warning, $"the file differs from what runs in {Count(plan.Changes.Length, "setting")}", "tom config reload --dry-run shows them, tom config reload takes them over")
            : Found("configuration", CheckState.Ok, "the file is what runs");
    }

    private async Task<IEnumerable<CheckResult>> DatabaseAsync()
    {
        try
        {
            var started = time.GetTimestamp();
            var clock = await database.ClockAsync().WaitAsync(LongAnswer);
            var took = time.GetElapsedTime(started);
            var outdated = (await new Migrator(database).StatusAsync()).FirstOrDefault(area => area.Foreign.Any());
            var answer = took > Slow
                ? Found("database", CheckState.Warning, $"{database.Name} takes {took.TotalMilliseconds:0} ms to answer", "look at its load, its disk and the way there")
                : outdated is not null
                ? Found("database", CheckState.Warning, $"{database.Name} was migrated by a newer version (its {outdated.Area} schema is at {outdated.Version}, which this silo does not know)", "finish the upgrade of this silo")
                : Found("database", CheckState.Ok, string.Create(CultureInfo.InvariantCulture, $"{database.Name} answers in {took.TotalMilliseconds:0.0} ms"));
            return clock is { } at ? [answer, ClockAgainst("the database's", at, took)] : [answer];
        }
        catch (Exception fault) when (fault is StorageException or TimeoutException)
        {
            return [Found("database", CheckState.Failed, OneLine.Of(fault.Message), "start it, or mend the way to it; the streams wait meanwhile and lose nothing")];
        }
    }

    private CheckResult Disk()
    {
        try
        {
            var free = new DriveInfo(identity.DataPath).AvailableFreeSpace;
            var text = $"{free / (double)(1 << 30):0.0} GiB free for {identity.DataPath}";
            return free < NoSpace ? Found("disk", CheckState.Failed, text, "make room: without any, messages wait")
                : free < LittleSpace ? Found("disk", CheckState.Warning, text, "make room, or keep fewer messages (ARCHIVE, ARCHIVE_BYTES)")
                : Found("disk", CheckState.Ok, text);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Found("disk", CheckState.Warning, $"the room for {identity.DataPath} is not known: {OneLine.Of(fault.Message)}");
        }
    }

    private CheckResult Collector() => Environment.GetEnvironmentVariable("DOTNET_GCgen0size") is { Length: > 0 }
        ? Found("memory", CheckState.Ok, "DOTNET_GCgen0size is set")
        : Found("memory", CheckState.Warning, "DOTNET_GCgen0size is not set: a full stream is read up to 1.7 times slower", "set DOTNET_GCgen0size=0x8000000 in the environment of the silo, as deploy/tomorleans.service does");

    /// <summary>Any answer will do: it is not asked to do anything. Its Date is one more clock.</summary>
    private async Task<IEnumerable<CheckResult>> DestinationAsync(DestinationOptions options)
    {
        var subject = $"destination {options.Name}";
        if (options.Kind is DestinationOptions.KafkaKind or DestinationOptions.HopskotchKind)
        {
            return [await BrokerAsync(subject, options)];
        }

        try
        {
            using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = LongAnswer };
            using var request = new HttpRequestMessage(HttpMethod.Head, options.BaseUrl);
            var started = time.GetTimestamp();
            using var response = await http.SendAsync(request);
            var took = time.GetElapsedTime(started);
            var answer = (int)response.StatusCode >= 500
                ? Found(subject, CheckState.Warning, $"{options.BaseUrl.Authority} answers with {(int)response.StatusCode}", "its operators may know; shares wait and are tried again by themselves")
                : Found(subject, CheckState.Ok, $"{options.BaseUrl.Authority} answers in {took.TotalMilliseconds:0} ms");
            return response.Headers.Date is { } date ? [answer, ClockAgainst($"that of {options.BaseUrl.Authority}", date, took + TimeSpan.FromSeconds(1))] : [answer];
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException)
        {
            var reason = fault is HttpRequestException ? OneLine.Of((fault.InnerException ?? fault).Message) : $"no answer within {LongAnswer.TotalSeconds:0} s";
            return [Found(subject, CheckState.Failed, $"{options.BaseUrl.Authority} cannot be reached: {reason}", "check BASE_URL and the way there; shares wait and are tried again by themselves")];
        }
    }

    private async Task<CheckResult> BrokerAsync(string subject, DestinationOptions options)
    {
        var server = options.Client.GetValueOrDefault("bootstrap.servers", "").Split(',')[0];
        var colon = server.LastIndexOf(':');
        try
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            using var limit = new CancellationTokenSource(LongAnswer, time);
            await socket.ConnectAsync(server[..Math.Max(0, colon)].Trim('[', ']'), int.Parse(server.AsSpan(colon + 1), CultureInfo.InvariantCulture), limit.Token);
            return Found(subject, CheckState.Ok, $"{server} takes connections");
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException or FormatException or ArgumentException)
        {
            return Found(subject, CheckState.Failed, $"{server} cannot be reached: {OneLine.Of(fault.Message)}", "check the servers and the way there; shares wait and are tried again by themselves");
        }
    }

    private CheckResult ClockAgainst(string whose, DateTimeOffset there, TimeSpan uncertainty)
    {
        var off = (DatabaseClock.MachineOf(time).GetUtcNow() - there).Duration() - uncertainty;
        var text = off <= TimeSpan.Zero ? $"agrees with {whose}" : string.Create(CultureInfo.InvariantCulture, $"differs from {whose} by {off.TotalSeconds:0.0} s");
        return off > ClockFault ? Found("clock", CheckState.Failed, text, "set both by NTP: on several hosts the silos go by the database's clock, but logs and other programs do not")
            : off > ClockWarning ? Found("clock", CheckState.Warning, text, "set both by NTP")
            : Found("clock", CheckState.Ok, text);
    }

    private CheckResult Found(string subject, CheckState state, string finding, string? advice = null) => new(silo.Name, subject, state, finding, advice);

    private static string Count(int number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";
}
