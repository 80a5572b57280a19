using TomOrleans.Silo.Configuration;

namespace TomOrleans.Silo.Tests.Configuration;

/// <summary>NOTICES.</summary>
public sealed class NoticeTests
{
    [Fact]
    public void Nobody_is_told_unless_somebody_is_named()
    {
        Assert.Null(Read.Configuration("{}").Notices.Webhook);

        var notices = Read.Configuration("""{ "NOTICES": { "URL": "http://127.0.0.1:8080/n", "SECRET": "0123456789abcdef", "REPEAT": "2h", "TIMEOUT": 3 } }""").Notices;
        Assert.Equal((new Uri("http://127.0.0.1:8080/n"), "0123456789abcdef", TimeSpan.FromSeconds(3)), (notices.Webhook!.Url, notices.Webhook.Secret, notices.Webhook.Timeout));
        Assert.Equal(TimeSpan.FromHours(2), notices.Repeat);
    }

    [Theory]
    [InlineData("""{ "SECRET": "0123456789abcdef" }""", "NOTICES.URL: missing")]
    [InlineData("""{ "URL": "https://a.example.org/" }""", "NOTICES.SECRET: missing")]
    [InlineData("""{ "URL": "https://a.example.org/", "SECRET": "0123456789abcdef", "REPEAT": "off" }""", "NOTICES.REPEAT: \"off\" given; allowed: a whole number with m")]
    [InlineData("""{ "URL": "https://a.example.org/", "SECRET": "0123456789abcdef", "BATCH": 1 }""", "NOTICES.BATCH: unknown key")]
    public void What_is_wrong_is_told(string notices, string words) => Assert.Contains(words, Read.Fault($"{{ \"NOTICES\": {notices} }}"), StringComparison.Ordinal);

    [Fact]
    public void Neither_path_nor_secret_is_shown()
    {
        var shown = ConfigurationPrinter.Settings(Read.Text("""{ "NOTICES": { "URL": "https://a.example.org/hush", "SECRET": "0123456789abcdef" } }"""));

        Assert.Contains("NOTICES.URL = https://a.example.org/...", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789abcdef", shown, StringComparison.Ordinal);
    }
}
