using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using TomOrleans.Security;
using TomOrleans.Targets;

namespace TomOrleans.Silo.Tests.Security;

/// <summary>P9: what others send is data, never a program, a path, or an order to open something else.</summary>
public sealed class UploadSafetyTests(InProcessSilo silo) : IClassFixture<InProcessSilo>, IAsyncLifetime
{
    /// <summary>Waits for leave to send longer than a busy machine needs to give it.</summary>
    private readonly HttpClient _http = new(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(1) });
    private long _target;

    public async ValueTask InitializeAsync()
    {
        (_http.BaseAddress, _http.DefaultRequestHeaders.Authorization) = (silo.Address, new AuthenticationHeaderValue("Token", silo.TokenOf(TomRole.Contributor)));
        var grains = silo.App.Services.GetRequiredService<IGrainFactory>();
        _target = (await grains.TargetDirectory().AddAsync(new() { Name = $"Uploads {Guid.NewGuid()}", RightAscensionDegrees = 1, DeclinationDegrees = 2 })).Id;
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_entity_is_neither_opened_nor_multiplied()
    {
        var secret = Path.GetTempFileName();
        await File.WriteAllTextAsync(secret, "the-secret-in-the-file");
        var laughs = string.Concat(Enumerable.Range(1, 9).Select(i => $"<!ENTITY l{i} \"{string.Concat(Enumerable.Repeat($"&l{i - 1};", 10))}\">"));
        foreach (var entities in new[] { $"<!ENTITY x SYSTEM \"file://{secret}\">", $"<!ENTITY l0 \"ha\">{laughs}<!ENTITY x \"&l9;\">" })
        {
            var (status, answer) = await UploadAsync("night.xml", Encoding.UTF8.GetBytes($"""
                <?xml version="1.0"?><!DOCTYPE VOTABLE [{entities}]>
                <VOTABLE version="1.3"><RESOURCE><TABLE><FIELD name="mjd" datatype="double"/><FIELD name="filter" datatype="char" arraysize="*"/><FIELD name="magnitude" datatype="double"/>
                <DATA><TABLEDATA><TR><TD>61000.5</TD><TD>&x;</TD><TD>18.5</TD></TR></TABLEDATA></DATA></TABLE></RESOURCE></VOTABLE>
                """));

            Assert.Equal(HttpStatusCode.BadRequest, status);
            Assert.DoesNotContain("the-secret-in-the-file", answer, StringComparison.Ordinal);
        }

        File.Delete(secret);
    }

    [Theory]
    [InlineData("bomb.csv.gz")]
    [InlineData("bomb.csv")]
    public async Task Archives_are_not_unpacked(string name)
    {
        using var bomb = new MemoryStream();
        await using (var packed = new GZipStream(bomb, CompressionLevel.Optimal, leaveOpen: true))
        {
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 200; i++)
            {
                await packed.WriteAsync(zeros);
            }
        }

        var before = GC.GetTotalAllocatedBytes();
        var (status, _) = await UploadAsync(name, bomb.ToArray());

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 100L << 20);
    }

    [Fact]
    public async Task A_page_that_was_sent_as_a_file_is_given_back_as_a_file()
    {
        var (status, answer) = await UploadAsync("../../../etc/<script>.html", "<script>alert(1)</script>"u8.ToArray(), "fits_file", "text/html");
        Assert.Equal(HttpStatusCode.Created, status);

        using var file = await _http.GetAsync(new Uri((string)JsonNode.Parse(answer)!["data"]!));

        Assert.Equal("application/octet-stream", file.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("nosniff", Assert.Single(file.Headers.GetValues("X-Content-Type-Options")));
        Assert.DoesNotContain('/', file.Content.Headers.ContentDisposition?.FileName ?? "");
        Assert.DoesNotContain('<', file.Content.Headers.ContentDisposition?.FileName ?? "");
    }

    [Fact]
    public async Task A_file_larger_than_is_kept_is_refused()
    {
        using var content = new ByteArrayContent([1]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/dataproducts/") { Content = content };
        content.Headers.ContentType = new("multipart/form-data") { Parameters = { new("boundary", "x") } };
        content.Headers.ContentLength = DataProductDraft.MaxBytes + (2L << 20);
        request.Headers.ExpectContinue = true;

        // The length that is announced is enough: no byte of it is waited for.
        using var answer = await _http.SendAsync(request);

        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.BadRequest });
    }

    private async Task<(HttpStatusCode Status, string Answer)> UploadAsync(string name, byte[] content, string type = "photometry", string media = "text/csv")
    {
        using var file = new ByteArrayContent(content) { Headers = { ContentType = new(media) } };
        using var form = new MultipartFormDataContent
        {
            { new StringContent(_target.ToString(CultureInfo.InvariantCulture)), "target" },
            { new StringContent(type), "data_product_type" },
            { file, "file", name },
        };
        using var answer = await _http.PostAsync("api/dataproducts/", form);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
