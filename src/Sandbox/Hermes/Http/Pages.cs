using System.Net;

namespace TomOrleans.Sandbox.Hermes.Http;

/// <summary>The few HTML pages: enough for a client to see that it did not get JSON.</summary>
internal static class Pages
{
    public const string ServerName = "TomOrleans stand-in Hermes";

    public static string Plain(string title, string text) =>
        $"<!doctype html>\n<html lang=\"en\">\n<head>\n  <title>{title}</title>\n</head>\n<body>\n  <h1>{title}</h1><p>{text}</p>\n</body>\n</html>\n";

    public static string Root() => Plain(
        "This is not Hermes",
        $"{ServerName}: it speaks Hermes' HTTP interface for trying out and for tests, publishes to the sandbox's own Kafka and sends nothing to anybody. "
            + "The real one is at <a href=\"https://hermes.lco.global/\">hermes.lco.global</a>.");

    /// <summary>What a client gets that prefers HTML: the answer wrapped up in a page, where no program finds it.</summary>
    public static string Wrapped(string json) => Plain(ServerName, $"<pre>{WebUtility.HtmlEncode(json)}</pre>");
}
