using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using TomOrleans.Integration.Tests.Support;
using TomOrleans.Sharing;

namespace TomOrleans.Integration.Tests.Sharing;

/// <summary>
/// Two TOMs, each a process of its own, that share to each other by the REST interface alone (BASE_URL). B's account at A is called as A calls that destination; A's account at B has another name,
/// so that there nothing but the measurements' identity ends the round.
/// </summary>
public sealed class TwoTomsOverRestTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tom-rest-");
    private Tom _a = null!;
    private Tom _b = null!;

    public async ValueTask InitializeAsync()
    {
        var (a, b) = (SiloPorts.Free(), SiloPorts.Free());
        var (tokenAtA, tokenAtB) = (await TokenAsync("a", "to-b"), await TokenAsync("b", "partner"));
        _a = await StartAsync("a", a, "to-b", b, tokenAtB);
        _b = await StartAsync("b", b, "to-a", a, tokenAtA);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var tom in (Tom?[])[_a, _b])
        {
            await (tom?.DisposeAsync() ?? default);
        }

        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Both_are_complete_and_nothing_goes_round_or_is_doubled()
    {
        var target = await _a.PostAsync("api/targets/", """{"name": "AT 2026abc", "type": "SIDEREAL", "ra": 10, "dec": -5.5, "aliases": [{"name": "ZTF26abc"}]}""");
        await PostAsync(_a, target, 1, """{"magnitude": 18.5, "error": 0.02, "filter": "g", "unit": "AB", "time": 61222.1, "observer": "O. Server"}""");
        await PostAsync(_a, target, 2, """{"limit": "20.5", "limit_sigma": 3, "filter": "r", "unit": "uJy", "telescope": ""}""");
        await OrderAsync(_a, "to-b");
        await SettleAsync(2);
        await OrderAsync(_b, "to-a");
        var there = (await _b.GetAsync("api/targets/?name_fuzzy=ZTF26abc"))["results"]![0]!["id"]!.GetValue<long>();
        await PostAsync(_b, there, 3, """{"magnitude": 17.25, "filter": "g", "unit": "mJy", "limit": 16}""");
        await PostAsync(_a, target, 4, """{"magnitude": 18.25, "filter": "g"}""");
        await SettleAsync(4);
        await PostAsync(_a, target, 4, """{"magnitude": 18.3, "filter": "g"}""");
        await SettleAsync(4, values: 5);

        Assert.Equal(await ValuesAsync("a"), await ValuesAsync("b"));
        var (ofA, ofB) = (await ReceiptsAsync(_a), await ReceiptsAsync(_b));

        // A knows by the account's name what came from B and sends nothing of it back; B does not, and A has what it is sent.
        Assert.DoesNotContain(ofA, receipt => receipt.Contains("were there", StringComparison.Ordinal));
        Assert.Contains(ofB, receipt => receipt.Contains("were there", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_shared_once_more_is_known_files_too_and_a_bare_target_comes_on_its_list()
    {
        var target = await _a.PostAsync("api/targets/", """{"name": "SN 2026x", "type": "SIDEREAL", "ra": 10, "dec": -5.5, "target_lists": [{"name": "Bright ones"}]}""");
        var made = await DeliverAsync(new() { Target = "SN 2026x", Lists = ["Bright ones"] });
        Assert.EndsWith("made, no data to send", Assert.Single(made.Receipts), StringComparison.Ordinal);
        var onList = await _b.GetAsync("api/targets/?targetlist__name=Bright%20ones");
        Assert.Equal("SN 2026x", (string?)onList["results"]![0]!["name"]);

        using var form = new MultipartFormDataContent
        {
            { new StringContent(target.ToString(CultureInfo.InvariantCulture)), "target" },
            { new StringContent("photometry"), "data_product_type" },
            { new StringContent("time,filter,magnitude,error\n61000.5,g,18.5,0.02\n", Encoding.UTF8, "text/csv"), "file", "night.csv" },
        };
        var file = await _a.PostAsync("api/dataproducts/", form);
        var uploaded = await DeliverAsync(new() { Target = "SN 2026x", Products = [file] });
        var again = await DeliverAsync(new() { Target = "SN 2026x", Products = [file] });
        Assert.Contains("night.csv saved as data product", Assert.Single(uploaded.Receipts), StringComparison.Ordinal);
        Assert.EndsWith("night.csv was there", Assert.Single(again.Receipts), StringComparison.Ordinal);

        // The file's point went along with it there.
        var data = await DeliverAsync(new() { Target = "SN 2026x" });
        Assert.Equal(1, (int)(await _b.GetAsync("api/reduceddatums/?target_name=SN%202026x"))["count"]!);
        Assert.Contains("1 data", Assert.Single(data.Receipts), StringComparison.Ordinal);
    }

    private static Task<ContinuousShare> OrderAsync(Tom tom, string destination) =>
        tom.Client.AsAdmin(grains => grains.ContinuousShares().AddAsync(new() { Target = "AT 2026abc", Destination = destination, Existing = true }));

    private static Task<long> PostAsync(Tom tom, long target, int hour, string value) => tom.PostAsync(
        "api/reduceddatums/",
        $$"""{"data_type": "photometry", "source_name": "LCO", "timestamp": "2026-07-01T{{hour:00}}:00:00.123456Z", "value": {{value}}, "target": {{target}}}""");

    /// <summary>All shares are delivered; what for.</summary>
    private static async Task<List<string>> ReceiptsAsync(Tom tom)
    {
        var page = await tom.Client.AsAdmin(grains => grains.Shares().ListAsync(new() { Limit = 1000 }));
        Assert.All(page.Shares, share => Assert.True(share.State == ShareState.Delivered, $"{share.Id}: {share.State} {share.LastError}"));
        return [.. page.Shares.SelectMany(share => share.Receipts)];
    }

    private async Task<Share> DeliverAsync(ShareRequest request)
    {
        var share = await _a.Client.AsAdmin(grains => grains.Sharing("to-b").ShareAsync(request));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        using var end = new CancellationTokenSource(Limit);
        while (share.State is ShareState.Queued or ShareState.Sending)
        {
            await timer.WaitForNextTickAsync(end.Token);
            share = await _a.Client.AsAdmin(grains => grains.Shares().GetAsync(share.Id));
        }

        Assert.True(share.State == ShareState.Delivered, share.LastError);
        return share;
    }

    /// <summary>Returns when both have so many points, and nothing waits or is being sent in either.</summary>
    private async Task SettleAsync(int points, int? values = null)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        using var end = new CancellationTokenSource(Limit);
        while (await StandingAsync(points, values) is { Length: > 0 } standing)
        {
            try
            {
                await timer.WaitForNextTickAsync(end.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"not settled within {Limit}: {standing}");
            }
        }
    }

    private async Task<string> StandingAsync(int points, int? values)
    {
        var text = new StringBuilder();
        foreach (var (own, tom) in ((string, Tom)[])[("a", _a), ("b", _b)])
        {
            var status = await tom.Client.StatusAsync();
            var orders = await tom.Client.AsAdmin(grains => grains.ContinuousShares().ListAsync(new()));
            var (waiting, queued, stored) = (orders.Sum(order => order.Waiting), status.Destinations.Sum(destination => destination.Queued), (await ValuesAsync(own)).Count);
            if (status.Points != points || waiting != 0 || queued != 0 || stored != (values ?? points))
            {
                text.Append(CultureInfo.InvariantCulture, $"{own}: {status.Points} points, {stored} values, {waiting} wait, {queued} queued. ");
            }
        }

        return text.ToString();
    }

    private async Task<string> TokenAsync(string own, string name)
    {
        var (exitCode, output, error) = await SiloProcess.RunAsync(["token", "add", "--role", "contributor", "--name", name, "--data", Path.Combine(_folder.FullName, own)]);
        Assert.True(exitCode == 0, error);
        return output.Trim();
    }

    private async Task<Tom> StartAsync(string own, SiloPorts ports, string destination, SiloPorts other, string token)
    {
        var config = Path.Combine(_folder.FullName, $"{own}.json");
        await File.WriteAllTextAsync(config, JsonSerializer.Serialize(new
        {
            TOM_NAME = $"TOM {own.ToUpperInvariant()}",
            DATA_SHARING = new Dictionary<string, object>
            {
                [destination] = new { BASE_URL = $"http://127.0.0.1:{other.Http}/", USERNAME = own, PASSWORD = "${OTHER_TOKEN}", CONTINUOUS_SECONDS = 0.3 },
            },
        }));
        return await Tom.OfAsync(await SiloProcess.StartAsync(Path.Combine(_folder.FullName, own), ports, config, new Dictionary<string, string> { ["OTHER_TOKEN"] = token }));
    }

    /// <summary>All stored values: time, content.</summary>
    private async Task<List<string>> ValuesAsync(string own)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.FullName, own, "tom.db")};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT p.time_us || ' ' || p.identity || ' ' || p.content FROM photometry p ORDER BY 1";
        await using var reader = await command.ExecuteReaderAsync();
        var values = new List<string>();
        while (await reader.ReadAsync())
        {
            values.Add(reader.GetString(0));
        }

        return values;
    }

    /// <summary>A silo, asked as its admin by HTTP and as a client of the cluster.</summary>
    private sealed class Tom(SiloProcess silo, TomClient client, HttpClient http) : IAsyncDisposable
    {
        public TomClient Client => client;

        public static async Task<Tom> OfAsync(SiloProcess silo)
        {
            var token = (await File.ReadAllTextAsync(Path.Combine(silo.DataFolder, "admin-token"))).Trim();
            var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{silo.Ports.Http.ToString(CultureInfo.InvariantCulture)}/") };
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Token", token);
            return new(silo, await TomClient.ConnectAsync(silo), http);
        }

        public async Task<JsonObject> GetAsync(string path) => (JsonObject)JsonNode.Parse(await http.GetStringAsync(path))!;

        public async Task<long> PostAsync(string path, string body)
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            return await PostAsync(path, content);
        }

        /// <summary>The id of what was made; 0 for what has none.</summary>
        public async Task<long> PostAsync(string path, HttpContent content)
        {
            using var answer = await http.PostAsync(path, content);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode} {text}");
            return (long?)JsonNode.Parse(text)!["id"] ?? 0;
        }

        public async ValueTask DisposeAsync()
        {
            http.Dispose();
            await client.DisposeAsync();
            await silo.DisposeAsync();
        }
    }
}
