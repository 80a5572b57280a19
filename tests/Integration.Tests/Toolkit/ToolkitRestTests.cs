using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace TomOrleans.Integration.Tests.Toolkit;

public sealed class SqliteToolkitRestTests(ToolkitSilo silo) : ToolkitRestTests(silo), IClassFixture<ToolkitSilo>;

public sealed class PostgreSqlToolkitRestTests(PostgreSqlToolkitSilo silo) : ToolkitRestTests(silo), IClassFixture<PostgreSqlToolkitSilo>;

/// <summary>What an unmodified tom_base sends when it shares to another TOM, against a real silo over HTTP.</summary>
public abstract class ToolkitRestTests(ToolkitSilo silo)
{
    private readonly HttpClient _http = silo.Http;

    [Fact]
    public async Task A_target_with_its_data_is_shared_as_the_toolkit_does_and_nothing_is_doubled()
    {
        // Not there yet.
        Assert.Equal(0, (int)(await GetAsync("api/targets/?name_fuzzy=AT%202026abc,ZTF26abc"))["count"]!);
        var (status, target) = await PostAsync("api/targets/", """
            {"id": 1, "name": "AT 2026abc", "type": "SIDEREAL", "ra": 0, "dec": -3.5, "epoch": 2000, "permissions": "PUBLIC", "aliases": [{"id": 1, "name": "ZTF26abc"}],
             "targetextra_set": [{"id": 1, "key": "host", "value": "NGC 1"}], "groups": [], "target_lists": [{"name": "Imported From Another TOM"}]}
            """);
        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal("Target successfully uploaded.", (string?)target["message"]);
        Assert.Equal(("PUBLIC", 0.0), ((string?)target["permissions"], (double)target["ra"]!));
        var id = (long)target["id"]!;

        // Again: by any of its names, with commas for "any of".
        Assert.Equal(id, (long)(await GetAsync("api/targets/?name_fuzzy=nobody,ztf-26-ABC"))["results"]![0]!["id"]!);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("api/targets/", """{"name": "at2026ABC", "type": "SIDEREAL", "ra": 1, "dec": 1}""")).Status);
        var (patched, updated) = await SendAsync(HttpMethod.Patch, $"api/targets/{id}/", """{"target_lists": [{"name": "Imported From Another TOM"}, {"name": "Supernovae"}]}""");
        Assert.Equal((HttpStatusCode.OK, "Target successfully updated."), (patched, (string?)updated["message"]));
        Assert.Equal(2, updated["target_lists"]!.AsArray().Count);

        var datum = $$$"""{"data_product": "", "data_type": "photometry", "source_name": "LCO", "source_location": "", "timestamp": "2026-01-01T00:00:00Z", "value": {"magnitude": 17.1, "error": 0.1, "filter": "g"}, "target": {{{id}}}}""";
        Assert.Equal(HttpStatusCode.Created, (await PostAsync("api/reduceddatums/", datum)).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync("api/reduceddatums/", datum)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("api/reduceddatums/", datum.Replace($"\"target\": {id}", "\"target\": 999", StringComparison.Ordinal))).Status);
        var limit = $$$"""{"data_type": "photometry", "source_name": "LCO", "timestamp": "2026-01-02T00:00:00Z", "value": {"limit": 21.5, "filter": "r", "unit": "AB mag"}, "target": {{{id}}}}""";
        var spectrum = $$$"""{"data_type": "spectroscopy", "source_name": "LCO", "timestamp": "2026-01-03T00:00:00Z", "value": {"wavelength": [4000, 4001], "flux": [1, 2]}, "target": {{{id}}}}""";
        var (batchStatus, batch) = await PostAsync("api/reduceddatums/batch/", $$"""{"data": [{{datum}}, {{limit}}, {{spectrum}}, {"data_type": "nonsense"}]}""");
        Assert.Equal(HttpStatusCode.OK, batchStatus);
        Assert.Equal([409, 201, 201, 400], batch["results"]!.AsArray().Select(result => (int)result!["status"]!));

        var data = await GetAsync($"api/reduceddatums/?target__id={id}");
        Assert.Equal(3, (int)data["count"]!);
        Assert.Equal(["spectroscopy", "photometry", "photometry"], data["results"]!.AsArray().Select(found => (string?)found!["data_type"]));
        Assert.Equal(17.1, (double)data["results"]![2]!["value"]!["magnitude"]!);
        Assert.Equal(21.5, (double)data["results"]![1]!["value"]!["limit"]!);
        Assert.Contains((await GetAsync("api/reduceddatums/"))["results"]!.AsArray(), found => (long)found!["target"]! == id);
        Assert.Equal(1, (int)(await GetAsync("api/targets/?cone_search=359.999,-3.5,0.01"))["count"]!);
    }

    [Fact]
    public async Task Another_value_from_who_did_not_bring_the_measurement_is_told_from_one_that_is_known()
    {
        var id = (long)(await PostAsync("api/targets/", """{"name": "SN 2026y", "type": "SIDEREAL", "ra": 10, "dec": 20}""")).Body["id"]!;
        string Datum(string type, string value) => $$"""{"data_type": "{{type}}", "source_name": "LCO", "timestamp": "2026-01-01T00:00:00Z", "value": {{value}}, "target": {{id}}}""";
        var (point, revised) = (Datum("photometry", """{"magnitude": 17.1, "filter": "g"}"""), Datum("photometry", """{"magnitude": 17.2, "filter": "g"}"""));
        var (spectrum, other) = (Datum("spectroscopy", """{"wavelength": [4000, 4001], "flux": [1, 2]}"""), Datum("spectroscopy", """{"wavelength": [4000, 4001], "flux": [1, 3]}"""));
        Assert.Equal(HttpStatusCode.Created, (await PostAsync("api/reduceddatums/", point)).Status);
        Assert.Equal(HttpStatusCode.Created, (await PostAsync("api/reduceddatums/", spectrum)).Status);

        using var another = new HttpClient { BaseAddress = _http.BaseAddress, DefaultRequestHeaders = { Authorization = new("Token", silo.AdminToken) } };
        using var alone = await another.PostAsync("api/reduceddatums/", new StringContent(revised, Encoding.UTF8, "application/json"));
        using var batch = await another.PostAsync("api/reduceddatums/batch/", new StringContent($$"""{"data": [{{point}}, {{revised}}, {{spectrum}}, {{other}}]}""", Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.UnprocessableContent, alone.StatusCode);
        Assert.Contains("did not come from you", await alone.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal([409, 422, 409, 422], (await batch.Content.ReadFromJsonAsync<JsonObject>())!["results"]!.AsArray().Select(result => (int)result!["status"]!));
        Assert.Equal(2, (int)(await GetAsync($"api/reduceddatums/?target__id={id}"))["count"]!);
        Assert.Equal(HttpStatusCode.Created, (await PostAsync("api/reduceddatums/", revised)).Status);
    }

    [Fact]
    public async Task A_data_product_is_kept_and_read_and_an_unreadable_one_is_refused_whole()
    {
        var id = (long)(await PostAsync("api/targets/", """{"name": "SN 2026x", "type": "SIDEREAL", "ra": 10, "dec": 20}""")).Body["id"]!;
        const string table = "time,filter,magnitude,error\n61000.5,g,18.5,0.02\n61001.5,r,18.1,0.03\n";

        var (status, product) = await UploadAsync(id, "../../x/night 1.csv", table);
        Assert.True(status == HttpStatusCode.Created, product.ToJsonString());
        Assert.Equal("Data product successfully uploaded.", (string?)product["message"]);
        Assert.Equal(2, (int)(await GetAsync($"api/reduceddatums/?target__id={id}"))["count"]!);
        using var file = await _http.GetAsync(new Uri((string)product["data"]!));
        Assert.Equal(table, await file.Content.ReadAsStringAsync());
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition?.DispositionType);

        // The same file again: one more file, no more points.
        Assert.Equal(HttpStatusCode.Created, (await UploadAsync(id, "night 1.csv", table)).Status);
        Assert.Equal(2, (int)(await GetAsync($"api/reduceddatums/?target__id={id}"))["count"]!);

        var (refused, why) = await UploadAsync(id, "night 2.csv", "time,filter,magnitude,error\n61002.5,g,bright,0.02\n");
        Assert.Equal(HttpStatusCode.BadRequest, refused);
        Assert.Contains("bright", (string?)why["Data processing error"], StringComparison.Ordinal);
        Assert.Equal(2, (int)(await GetAsync("api/dataproducts/?target_name=SN%202026x"))["count"]!);
    }

    [Fact]
    public async Task Nobody_without_a_token_of_the_right_role_reads_or_changes_anything()
    {
        using var nobody = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = _http.BaseAddress };
        foreach (var path in (string[])["api/targets/?name_fuzzy=x", "api/reduceddatums/", "api/dataproducts/", "api/"])
        {
            using var plain = await nobody.GetAsync(path);
            Assert.Equal(HttpStatusCode.Unauthorized, plain.StatusCode);
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("a:wrong"u8)) } };
            using var wrong = await nobody.SendAsync(request);
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        var (unauthorised, _) = await PostAsync("api/token-auth/", """{"username": "a", "password": "wrong"}""");
        Assert.Equal(HttpStatusCode.BadRequest, unauthorised);
    }

    [Fact]
    public async Task Aliases_and_fields_are_changed_by_their_ids()
    {
        var target = (await PostAsync("api/targets/", """{"name": "A", "type": "SIDEREAL", "ra": 1, "dec": 2, "aliases": [{"name": "B"}], "targetextra_set": [{"key": "k", "value": "1"}]}""")).Body;
        var id = (long)target["id"]!;
        var (alias, extra) = ((long)target["aliases"]![0]!["id"]!, (long)target["targetextra_set"]![0]!["id"]!);

        var changed = (await SendAsync(HttpMethod.Patch, $"api/targets/{id}/", $$"""{"ra": 0, "aliases": [{"id": {{alias}}, "name": "C"}, {"name": "D"}], "targetextra_set": [{"id": {{extra}}, "key": "k", "value": "2"}]}""")).Body;
        Assert.Equal(["C", "D"], changed["aliases"]!.AsArray().Select(name => (string)name!["name"]!).Order());
        Assert.Equal((0.0, 2.0, "2"), ((double)changed["ra"]!, (double)changed["dec"]!, (string)changed["targetextra_set"]![0]!["value"]!));

        using var removed = await _http.DeleteAsync($"api/targetname/{(long)changed["aliases"]![0]!["id"]!}/");
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Single((await GetAsync($"api/targets/{id}/"))["aliases"]!.AsArray());
        using var gone = await _http.DeleteAsync($"api/targets/{id}/");
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        using var none = await _http.GetAsync($"api/targets/{id}/");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task A_change_that_cannot_be_whole_changes_nothing()
    {
        await AddTargetAsync("WH other", 150, 1);
        var target = await AddTargetAsync("WH 1", 151, 1, """ "aliases": [{"name": "WH alias"}]""");
        var (id, alias) = ((long)target["id"]!, (long)target["aliases"]![0]!["id"]!);

        var (status, _) = await SendAsync(HttpMethod.Patch, $"api/targets/{id}/", $$"""{"ra": 152, "aliases": [{"id": {{alias}}, "name": "wh-other"}, {"name": "WH new"}], "target_lists": [{"name": "WH list"}]}""");

        Assert.Equal(HttpStatusCode.Conflict, status);
        var now = await GetAsync($"api/targets/{id}/");
        Assert.Equal((151.0, alias, "WH alias"), ((double)now["ra"]!, (long)Assert.Single(now["aliases"]!.AsArray())!["id"]!, (string)now["aliases"]![0]!["name"]!));
        Assert.Empty(now["target_lists"]!.AsArray());

        // The alias that is renamed keeps its id.
        var (changed, body) = await SendAsync(HttpMethod.Put, $"api/targets/{id}/", $$"""{"name": "WH 2", "ra": 153, "aliases": [{"id": {{alias}}, "name": "WH renamed"}], "target_lists": [{"name": "WH list"}]}""");
        Assert.True(changed == HttpStatusCode.OK, body.ToJsonString());
        Assert.Equal(("WH 2", 153.0, 1.0), ((string)body["name"]!, (double)body["ra"]!, (double)body["dec"]!));
        Assert.Equal(["WH renamed", "WH 1"], body["aliases"]!.AsArray().Select(name => (string)name!["name"]!));
        Assert.Equal((alias, "WH list"), ((long)body["aliases"]![0]!["id"]!, (string)body["target_lists"]![0]!["name"]!));
    }

    [Fact]
    public async Task Targets_are_listed_by_all_filters_that_are_given()
    {
        await AddTargetAsync("FL one", 200, 10, """ "aliases": [{"name": "FL, the first"}], "targetextra_set": [{"key": "FL host", "value": "NGC 7"}], "target_lists": [{"name": "FL list"}]""");
        await AddTargetAsync("FL two", 200.01, 10, """ "targetextra_set": [{"key": "FL host", "value": "M 31"}], "target_lists": [{"name": "FL list"}]""");
        await AddTargetAsync("FL three", 210, 10);
        await PostAsync("api/targets/", """{"name": "FL moving", "type": "NON_SIDEREAL", "epoch_of_elements": 61000, "inclination": 1, "lng_asc_node": 2, "arg_of_perihelion": 3, "eccentricity": 0.1}""");
        var list = (long)(await GetAsync("api/targets/?name=FL%20one"))["results"]![0]!["target_lists"]![0]!["id"]!;

        foreach (var (query, names) in ((string, string)[])
        [
            ("name=fl", "FL moving,FL one,FL three,FL two"),
            ("name=nobody,FL%20t,the%20first", "FL one,FL three,FL two"),
            ("name_fuzzy=FL,%20the%20first", "FL one"),
            ("name_fuzzy=nobody,FL%20TWO,fl-one", "FL one,FL two"),
            ("name_fuzzy=FL%20one,FL%20two,FL%20three&cone_search=200,10,1", "FL one,FL two"),
            ("name_fuzzy=FL%20three&cone_search=200,10,1", ""),
            ("name=FL&type=NON_SIDEREAL", "FL moving"),
            ("name_fuzzy=FL%20moving,FL%20one&type=SIDEREAL", "FL one"),
            ("key=FL%20host", "FL one,FL two"),
            ("key=FL%20host&value=M%2031", "FL two"),
            ("value=NGC%207&name=fl", "FL one"),
            ("target_cone_search=FL%20one,0.1", "FL one,FL two"),
            ("target_cone_search=FL%20one,0.001&name=FL", "FL one"),
            ($"targetlist__name={list}", "FL one,FL two"),
            ($"targetlist__name={list}&name=two,three", "FL two"),
        ])
        {
            var found = await GetAsync($"api/targets/?{query}");
            Assert.Equal((query, names), (query, string.Join(',', found["results"]!.AsArray().Select(target => (string)target!["name"]!).Order(StringComparer.Ordinal))));
            Assert.Equal(found["results"]!.AsArray().Count, (int)found["count"]!);
        }

        using var both = await _http.GetAsync("api/targets/?cone_search=1,1,1&target_cone_search=FL%20one,1");
        Assert.Equal(HttpStatusCode.BadRequest, both.StatusCode);
    }

    [Fact]
    public async Task Pages_lead_to_each_other()
    {
        foreach (var i in Enumerable.Range(1, 5))
        {
            await AddTargetAsync($"PG {i}", 220 + i, 10);
        }

        var first = await GetAsync("api/targets/?name=PG,nobody&limit=2");
        Assert.Equal((5, null), ((int)first["count"]!, first["previous"]));
        var second = await GetAsync(new Uri((string)first["next"]!).PathAndQuery[1..]);
        Assert.Equal(["PG 3", "PG 4"], second["results"]!.AsArray().Select(target => (string)target!["name"]!));
        var last = await GetAsync(new Uri((string)second["next"]!).PathAndQuery[1..]);
        Assert.Equal((null, "PG 5"), (last["next"], (string)Assert.Single(last["results"]!.AsArray())!["name"]!));
        Assert.Equal(second["results"]!.ToJsonString(), (await GetAsync(new Uri((string)last["previous"]!).PathAndQuery[1..]))["results"]!.ToJsonString());
    }

    [Fact]
    public async Task Data_are_listed_by_all_filters_that_are_given()
    {
        var (one, two) = ((long)(await AddTargetAsync("DF one", 230, 10))["id"]!, (long)(await AddTargetAsync("DF two", 231, 10))["id"]!);
        foreach (var (target, source, type, value) in ((long, string, string, string)[])
        [
            (one, "LCO", "photometry", """{"mag": 17, "f": "g"}"""),
            (one, "ESO", "photometry", """{"limit": 20, "f": "r"}"""),
            (one, "LCO", "spectroscopy", """{"wl": [4000], "f": [1]}"""),
            (two, "LCO", "photometry", """{"magnitude": 18, "filter": "g"}"""),
            (two, "DF source", "spectroscopy", """{"wavelength": [4000], "flux": [1]}"""),
        ])
        {
            var (status, body) = await PostAsync("api/reduceddatums/", $$"""{"data_type": "{{type}}", "source_name": "{{source}}", "source_location": "archive/{{target}}/", "timestamp": "2026-01-05T00:00:00Z", "value": {{value}}, "target": {{target}}}""");
            Assert.True(status == HttpStatusCode.Created, body.ToJsonString());
            Assert.Equal($"archive/{target}/", (string?)body["source_location"]);
        }

        foreach (var (query, count) in ((string, int)[])
        [
            ("target_name=df", 5), ("target_name=DF%20one", 3), ($"target__id={one}&source_name=LCO", 2), ($"target__id={one}&target_name=two", 0), ("target_name=DF&data_type=spectroscopy", 2),
            ("target_name=DF&source_name=LCO&data_type=photometry", 2), ("data_type=spectroscopy&source_name=DF%20source", 1), ("data_type=fits_file", 0), ($"target__id={one}&data_product__id=1", 0),
            ($"target__id={one}&data_product_name=night", 0),
        ])
        {
            var found = await GetAsync($"api/reduceddatums/?{query}");
            Assert.Equal((query, count, count), (query, (int)found["count"]!, found["results"]!.AsArray().Count));
            Assert.All(found["results"]!.AsArray(), datum => Assert.Equal($"archive/{(long)datum!["target"]!}/", (string?)datum["source_location"]));
        }

        var all = new List<string>();
        for (var page = await GetAsync("api/reduceddatums/?limit=3"); ; page = await GetAsync(new Uri((string)page["next"]!).PathAndQuery[1..]))
        {
            all.AddRange(page["results"]!.AsArray().Select(datum => datum!.ToJsonString()));
            if (page["next"] is null)
            {
                Assert.Equal((int)page["count"]!, all.Count);
                break;
            }
        }

        Assert.Equal(all.Count, all.Distinct().Count());
        Assert.Equal(5, all.Count(datum => datum.Contains("archive/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Files_are_listed_by_a_part_of_a_name_and_not_after_their_target_is_removed()
    {
        var id = (long)(await AddTargetAsync("FI 2026one", 240, 10))["id"]!;
        var (_, product) = await UploadAsync(id, "night.csv", "time,filter,magnitude\n61000.5,g,18.5\n");
        Assert.Equal(1, (int)(await GetAsync("api/dataproducts/?target_name=fi%202026"))["count"]!);
        Assert.Equal(0, (int)(await GetAsync("api/dataproducts/?target_name=fi%202026&facility=LCO"))["count"]!);

        using var removed = await _http.DeleteAsync($"api/targets/{id}/");

        Assert.DoesNotContain((await GetAsync("api/dataproducts/"))["results"]!.AsArray(), file => (long)file!["target"]! == id);
        using var file = await _http.GetAsync(new Uri((string)product["data"]!));
        Assert.Equal(HttpStatusCode.NotFound, file.StatusCode);
    }

    private async Task<JsonObject> AddTargetAsync(string name, double ra, double dec, string more = "\"groups\": []")
    {
        var (status, body) = await PostAsync("api/targets/", string.Create(CultureInfo.InvariantCulture, $$"""{"name": "{{name}}", "type": "SIDEREAL", "ra": {{ra}}, "dec": {{dec}}, {{more}}}"""));
        Assert.True(status == HttpStatusCode.Created, body.ToJsonString());
        return body;
    }

    private Task<JsonObject> GetAsync(string path) => silo.GetAsync(path);

    private Task<(HttpStatusCode Status, JsonObject Body)> PostAsync(string path, string body) => SendAsync(HttpMethod.Post, path, body);

    private async Task<(HttpStatusCode Status, JsonObject Body)> SendAsync(HttpMethod method, string path, string body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        using var answer = await _http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonObject>() ?? []);
    }

    private async Task<(HttpStatusCode Status, JsonObject Body)> UploadAsync(long target, string name, string content)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(target.ToString(CultureInfo.InvariantCulture)), "target" },
            { new StringContent("photometry"), "data_product_type" },
            { new StringContent("http://there.example/data/x.csv"), "data" },
            { new StringContent(content, Encoding.UTF8, "text/csv"), "file", name },
        };
        using var answer = await _http.PostAsync("api/dataproducts/", form);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonObject>() ?? []);
    }
}
