using System.Text;
using TomOrleans.HermesRules.PythonJson;

namespace TomOrleans.Sandbox.Hermes.Http;

/// <summary>What is sent back: the status, the bytes and what they are, and further headers.</summary>
internal sealed record Answer(int Status, string ContentType, byte[] Body)
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public static Answer Json(int status, object? body) => new(status, "application/json", WireWriter.ToAnswer(body));

    public static Answer Detail(int status, string detail) => Json(status, new WireObject { ["detail"] = detail });

    public static Answer Error(int status, string error) => Json(status, new WireObject { ["error"] = error });

    public static Answer Html(int status, string page) => new(status, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(page));

    public static Answer ServerError() => Html(500, Pages.Plain("Server Error (500)", ""));
}
