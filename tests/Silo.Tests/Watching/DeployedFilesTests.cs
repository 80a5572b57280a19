using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using TomOrleans.Grains.Alerts;
using TomOrleans.Grains.Events;
using TomOrleans.Grains.Sharing;
using TomOrleans.Security;
using TomOrleans.Silo.Tests.Security;

namespace TomOrleans.Silo.Tests.Watching;

/// <summary>The dashboard and the alert rules under deploy/ name only figures that the program has.</summary>
public sealed partial class DeployedFilesTests(InProcessSilo silo) : IClassFixture<InProcessSilo>
{
    [Theory]
    [InlineData("grafana-dashboard.json")]
    [InlineData("prometheus-rules.yml")]
    public void Every_metric_that_a_file_names_exists(string file)
    {
        var known = Known();
        var named = MetricName().Matches(File.ReadAllText(Path.Combine(RepositoryRoot(), "deploy", file))).Select(match => match.Value).Distinct().ToList();

        Assert.True(named.Count > 5, $"{file} names {named.Count} metrics");
        Assert.All(named, name => Assert.True(known.Contains(name), $"{file} names {name}; known: {string.Join(", ", known.Order())}"));
    }

    [Theory]
    [InlineData("tomorleans.service", @"^Environment=(\w+)=(\S+)")]
    [InlineData("Dockerfile", @"^ENV .*\b(DATA_PATH|TOM_\w+)=(\S+)")]
    public void Every_variable_that_a_file_sets_is_one_that_the_program_reads(string file, string form)
    {
        var set = Regex.Matches(File.ReadAllText(Path.Combine(RepositoryRoot(), "deploy", file)), form, RegexOptions.Multiline)
            .Where(match => !match.Groups[1].Value.StartsWith("DOTNET_", StringComparison.Ordinal)).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

        var read = Configuration.Read.Text("""{ "TOM_NAME": "Night" }""", set).Settings.Select(setting => setting.Origin).ToHashSet();

        Assert.All(set.Keys, name => Assert.Contains($"environment variable {name}", read));
    }

    [Fact]
    public async Task Prometheus_is_told_the_names_that_the_files_are_checked_against()
    {
        using var http = new HttpClient { BaseAddress = silo.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics") { Headers = { Authorization = new("Bearer", silo.TokenOf(TomRole.Reader)) } };
        using var response = await http.SendAsync(request);
        var scraped = MetricName().Matches(await response.Content.ReadAsStringAsync()).Select(match => match.Value).Distinct().ToList();

        Assert.Contains("dotnet_process_memory_working_set_bytes", scraped);
        Assert.Contains("tom_events_dropped_total", scraped);
        var known = Known();
        Assert.All(scraped.Where(name => name.StartsWith("tom_", StringComparison.Ordinal)), name => Assert.Contains(name, known));
    }

    /// <summary>All instruments of the silo, under the names that the exporter gives them.</summary>
    private HashSet<string> Known()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        silo.App.Services.GetRequiredService<AlertsInstruments>();
        silo.App.Services.GetRequiredService<SharingInstruments>();
        silo.App.Services.GetRequiredService<EventsInstruments>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) => names.UnionWith(NamesOf(instrument)),
        };
        listener.Start();
        return names;
    }

    private static IEnumerable<string> NamesOf(Instrument instrument)
    {
        var unit = instrument.Unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            "1" => instrument.GetType().Name.Contains("Gauge", StringComparison.Ordinal) ? "_ratio" : "",
            _ => "",
        };
        var name = instrument.Name.Replace('.', '_') + unit;
        return instrument.GetType().Name switch
        {
            var kind when kind.StartsWith("Histogram", StringComparison.Ordinal) => [$"{name}_bucket", $"{name}_sum", $"{name}_count", name],
            var kind when kind.Contains("UpDown", StringComparison.Ordinal) || kind.Contains("Gauge", StringComparison.Ordinal) => [name],
            _ => [$"{name}_total"],
        };
    }

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "TomOrleans.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return folder;
    }

    [GeneratedRegex(@"\b(?:tom|dotnet|http_server|kestrel|npgsql|db_client)_[a-z0-9_]+\b")]
    private static partial Regex MetricName();
}
