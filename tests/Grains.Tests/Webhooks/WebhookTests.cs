using System.Text;
using Microsoft.Extensions.Time.Testing;
using TomOrleans.Grains.Webhooks;

namespace TomOrleans.Grains.Tests.Webhooks;

public sealed class WebhookTests
{
    [Theory]
    [InlineData("https://hooks.example.org/a?b=c", true)]
    [InlineData("https://127.0.0.1:8443", true)]
    [InlineData("http://127.0.0.1:8080/a", true)]
    [InlineData("http://localhost/a", true)]
    [InlineData("http://[::1]:1/a", true)]
    [InlineData("http://hooks.example.org/a", false)]
    [InlineData("http://127.0.0.1.example.org/a", false)]
    [InlineData("http://10.0.0.1/a", false)]
    [InlineData("https://anna:secret@hooks.example.org/a", false)]
    [InlineData("https://hooks.example.org/a#b", false)]
    [InlineData("ftp://127.0.0.1/a", false)]
    [InlineData("hooks.example.org", false)]
    [InlineData("", false)]
    public void Only_https_and_this_host_are_sent_to(string url, bool isLegal) => Assert.Equal(isLegal, WebhookTarget.TryUrl(url, out _));

    [Fact]
    public void The_signature_is_what_anybody_computes_from_the_documentation() =>

        // python3 -c 'import hmac;print(hmac.new(b"0123456789abcdef", b"1790000000." + b"{\"a\": 1}", "sha256").hexdigest())'
        Assert.Equal("sha256=69ed55e39f2d6f60851d86018bc41292cbffc004b5f57635b900dd960352cb93", WebhookSignature.Of("0123456789abcdef", 1_790_000_000, Encoding.UTF8.GetBytes("""{"a": 1}""")));

    [Fact]
    public void Neither_secret_nor_path_is_shown() =>
        Assert.Equal("https://hooks.example.org/...", $"{new WebhookTarget(new("https://hooks.example.org/T0/B1?x=y"), "0123456789abcdef", TimeSpan.FromSeconds(1))}");

    [Theory]
    [InlineData(200, typeof(WebhookAnswer.Delivered))]
    [InlineData(202, typeof(WebhookAnswer.Delivered))]
    [InlineData(301, typeof(WebhookAnswer.Unavailable))]
    [InlineData(400, typeof(WebhookAnswer.Refused))]
    [InlineData(401, typeof(WebhookAnswer.Unavailable))]
    [InlineData(404, typeof(WebhookAnswer.Refused))]
    [InlineData(408, typeof(WebhookAnswer.Unavailable))]
    [InlineData(413, typeof(WebhookAnswer.Refused))]
    [InlineData(422, typeof(WebhookAnswer.Refused))]
    [InlineData(429, typeof(WebhookAnswer.Unavailable))]
    [InlineData(500, typeof(WebhookAnswer.Unavailable))]
    [InlineData(503, typeof(WebhookAnswer.Unavailable))]
    public void What_an_answer_means(int status, Type expected) => Assert.IsType(expected, WebhookAnswer.Of(status, "", null));

    [Fact]
    public void A_receiver_is_asked_more_and_more_slowly_and_as_slowly_as_it_wants()
    {
        var time = new FakeTimeProvider(new(2026, 8, 1, 0, 0, 0, TimeSpan.Zero));
        var pace = new WebhookPace(time);
        foreach (var seconds in new double[] { 1, 2, 4, 8, 16, 32, 60, 60 })
        {
            Assert.Null(pace.Wait());
            pace.Fail(new("down"));
            time.Advance(TimeSpan.FromSeconds(seconds - 0.01));
            Assert.StartsWith("down; next try at 2026-08-01T00:", pace.Wait(), StringComparison.Ordinal);
            time.Advance(TimeSpan.FromSeconds((seconds / 4) + 0.02));
        }

        pace.Fail(new("busy", TimeSpan.FromMinutes(10)));
        time.Advance(TimeSpan.FromSeconds(599));
        Assert.NotNull(pace.Wait());
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(pace.Wait());

        pace.Well();
        pace.Fail(new("down"));
        time.Advance(TimeSpan.FromSeconds(1.3));
        Assert.Null(pace.Wait());
    }
}
