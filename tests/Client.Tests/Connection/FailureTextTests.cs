using TomOrleans.Client.Connection;

namespace TomOrleans.Client.Tests.Connection;

public sealed class FailureTextTests
{
    private static readonly ConnectionSettings Settings = new()
    {
        Gateways = Gateways.Default,
        Token = "the-secret",
        ConnectTimeout = TimeSpan.FromSeconds(10),
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void Every_failure_is_one_harmless_line_without_the_token(Exception failure, string begins)
    {
        var line = FailureText.Of(failure, Settings);

        Assert.StartsWith(begins, line, StringComparison.Ordinal);
        Assert.DoesNotContain(line, char.IsControl);
        Assert.DoesNotContain("the-secret", line, StringComparison.Ordinal);
    }

    public static TheoryData<Exception, string> Failures => new()
    {
        { new TomException(TomFault.Forbidden, "role reader may not\nshare"), "role reader may not\\u000Ashare" },
        { new TimeoutException("Response did not arrive on time in 00:00:30 for message: ..."), "the silo at 127.0.0.1:30000 did not answer in time" },
        { new SiloUnavailableException("gone\u001b[0m"), "lost the connection to the silo at 127.0.0.1:30000: gone\\u001B[0m. Try again" },
        { new OperationCanceledException(), "stopped" },
        { new NotSupportedException("x\r\ny"), "the silo at 127.0.0.1:30000 failed: NotSupportedException: x\\u000D\\u000Ay. Its log says more" },
    };
}
