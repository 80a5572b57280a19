using System.Net;
using System.Net.Http.Headers;
using TomOrleans.Sandbox.Hermes;

namespace TomOrleans.Sandbox.Tests.Hermes;

public sealed class AuthenticationTests
{
    private static readonly StandInAccount[] Accounts =
    [
        new() { Token = "good" },
        new() { Token = "poor", CredentialName = null },
        new() { Token = "closed", IsActive = false },
        new() { Token = "bare", HasProfile = false },
    ];

    [Theory]
    [InlineData("submit_message/")]
    [InlineData("topics/")]
    [InlineData("query/")]
    [InlineData("profile/")]
    public async Task Bad_token_is_refused_with_403_even_where_none_is_needed(string path)
    {
        await using var fixture = await StandInFixture.StartAsync();
        fixture.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Token", new string('f', 40));

        using var answer = await fixture.Client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("""{"detail":"Invalid token."}""", await answer.Content.ReadAsStringAsync());
        Assert.Empty(answer.Headers.WwwAuthenticate);
    }

    [Theory]
    [InlineData("Token", "Invalid token header. No credentials provided.")]
    [InlineData("Token a b", "Invalid token header. Token string should not contain spaces.")]
    [InlineData("Token closed", "User inactive or deleted.")]
    public async Task Broken_token_header_is_refused_with_its_reason(string header, string detail)
    {
        await using var fixture = await StandInFixture.StartAsync(o => o.Accounts = Accounts);
        fixture.Client.DefaultRequestHeaders.Authorization = null;
        fixture.Client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);

        using var answer = await fixture.SubmitAsync(StandInFixture.Message());

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(detail, (await StandInFixture.JsonOf(answer)).GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer good")]
    [InlineData("Token poor")]
    public async Task Submission_without_a_credential_is_answered_200_and_not_published(string? header)
    {
        await using var fixture = await StandInFixture.StartAsync(o => o.Accounts = Accounts);
        fixture.Client.DefaultRequestHeaders.Authorization = null;
        fixture.Client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);

        using var answer = await fixture.SubmitAsync(StandInFixture.Message());

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var body = await StandInFixture.JsonOf(answer);
        Assert.StartsWith("User account does not have an associated SCIMMA", body.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.False(body.TryGetProperty("uuid", out _));
        Assert.Empty(fixture.Publisher.Messages);
    }

    [Fact]
    public async Task Scheme_word_is_taken_in_any_case()
    {
        await using var fixture = await StandInFixture.StartAsync(o => o.Accounts = Accounts);
        fixture.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("tOKEN", "good");

        await fixture.PublishAsync();

        Assert.Single(fixture.Publisher.Messages);
    }

    [Fact]
    public async Task Profile_needs_a_user_and_an_account_with_a_profile()
    {
        await using var fixture = await StandInFixture.StartAsync(o => o.Accounts = Accounts);
        var profile = await fixture.GetAsync("profile/");
        Assert.Equal("stand-in-credential", profile.GetProperty("credential_name").GetString());
        Assert.Contains("hermes.test", profile.GetProperty("writable_topics").EnumerateArray().Select(t => t.GetString()));

        fixture.Client.DefaultRequestHeaders.Authorization = null;
        using var anonymous = await fixture.Client.GetAsync(new Uri("profile/", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Forbidden, anonymous.StatusCode);

        fixture.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Token", "bare");
        using var crashed = await fixture.Client.GetAsync(new Uri("profile/", UriKind.Relative));
        Assert.Equal(HttpStatusCode.InternalServerError, crashed.StatusCode);
    }
}
