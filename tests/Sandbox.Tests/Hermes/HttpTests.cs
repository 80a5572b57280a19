using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace TomOrleans.Sandbox.Tests.Hermes;

/// <summary>What happens to requests that are not quite right as HTTP.</summary>
public sealed class HttpTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/api/v0/topics/")]
    [InlineData("/nowhere")]
    public async Task Every_answer_says_that_this_is_not_the_real_Hermes(string path)
    {
        await using var fixture = await StandInFixture.StartAsync();

        using var answer = await fixture.Client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal("TomOrleans stand-in Hermes", string.Join(' ', answer.Headers.GetValues("Server")));
    }

    [Fact]
    public async Task Root_page_says_that_this_is_not_Hermes()
    {
        await using var fixture = await StandInFixture.StartAsync();

        Assert.Contains("This is not Hermes", await fixture.Client.GetStringAsync(fixture.Hermes.Url), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Path_without_its_closing_slash_is_redirected()
    {
        await using var fixture = await StandInFixture.StartAsync();

        using var answer = await fixture.PostAsync("submit_message", StandInFixture.Message());

        Assert.Equal(HttpStatusCode.MovedPermanently, answer.StatusCode);
        Assert.Equal("/api/v0/submit_message/", answer.Headers.Location?.ToString());
        Assert.Empty(fixture.Publisher.Messages);
    }

    [Fact]
    public async Task Get_where_a_post_is_meant_is_a_200_that_publishes_nothing()
    {
        await using var fixture = await StandInFixture.StartAsync();

        var answer = await fixture.GetAsync("submit_message/");

        Assert.True(answer.TryGetProperty("message", out _));
        Assert.False(answer.TryGetProperty("uuid", out _));
    }

    [Theory]
    [InlineData("submit_messages/")]
    [InlineData("/submit_message/")]
    [InlineData("query/message/")]
    public async Task Unknown_path_is_a_404_page(string path)
    {
        await using var fixture = await StandInFixture.StartAsync();

        using var answer = await fixture.Client.GetAsync(new Uri(fixture.Hermes.Url + "api/v0/" + path));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Wrong_method_is_a_405_that_names_the_right_ones()
    {
        await using var fixture = await StandInFixture.StartAsync();

        using var answer = await fixture.Client.DeleteAsync(new Uri("submit_message/", UriKind.Relative));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["GET", "POST", "OPTIONS"], answer.Content.Headers.Allow);
    }

    [Fact]
    public async Task Other_media_type_is_a_415()
    {
        await using var fixture = await StandInFixture.StartAsync();

        using var answer = await fixture.Client.PostAsync(
            new Uri("submit_message/", UriKind.Relative), new StringContent(StandInFixture.Message(), Encoding.UTF8, "text/plain"));

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Theory]
    [InlineData("application/xml", HttpStatusCode.NotAcceptable, "application/json")]
    [InlineData("text/html", HttpStatusCode.OK, "text/html")]
    [InlineData("application/json, text/html", HttpStatusCode.OK, "application/json")]
    public async Task Accept_decides_between_json_a_page_and_a_406(string accept, HttpStatusCode status, string mediaType)
    {
        await using var fixture = await StandInFixture.StartAsync();
        fixture.Client.DefaultRequestHeaders.Accept.ParseAdd(accept);

        using var answer = await fixture.SubmitAsync(StandInFixture.Message());

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(mediaType, answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(status == HttpStatusCode.OK ? 1 : 0, fixture.Publisher.Messages.Count);
    }

    [Fact]
    public async Task Body_beyond_10_MB_is_a_413()
    {
        await using var fixture = await StandInFixture.StartAsync();
        using var body = new ByteArrayContent(new byte[(10 * 1024 * 1024) + 1]);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("submit_message/", UriKind.Relative)) { Content = body };
        request.Headers.ExpectContinue = true;
        using var answer = await fixture.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Kept_body_is_given_back_under_its_key_even_if_invalid()
    {
        await using var fixture = await StandInFixture.StartAsync();
        using var kept = await fixture.PostAsync("submit_message/preload/", """{"half": "done"}""");
        Assert.Equal(HttpStatusCode.Created, kept.StatusCode);
        var key = (await StandInFixture.JsonOf(kept)).GetProperty("key").GetString();

        Assert.Equal("done", (await fixture.GetAsync($"submit_message/load/{key}/")).GetProperty("half").GetString());
        Assert.True((await fixture.GetAsync($"submit_message/load/{Guid.NewGuid()}/")).TryGetProperty("error", out _));
    }

    [Fact]
    public async Task Plaintext_has_a_table_for_the_photometry()
    {
        await using var fixture = await StandInFixture.StartAsync();

        var text = (await StandInFixture.JsonOf(await fixture.PostAsync("submit_message/plaintext/", StandInFixture.Message()))).GetString();

        Assert.Contains("| SN 2026abc  | 2026-07-01T03:04:05Z | 18.5       | g        | 1m        |\n", text, StringComparison.Ordinal);
    }
}
