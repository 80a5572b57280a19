using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace TomOrleans.Sandbox.Tests.Hermes;

/// <summary>Makes a recorded request again: its JSON, its bytes, or its form.</summary>
internal static class RecordedRequest
{
    public static HttpRequestMessage From(JsonElement recorded, string? path = null)
    {
        var request = new HttpRequestMessage(
            new HttpMethod(recorded.GetProperty("method").GetString()!),
            new Uri(path ?? recorded.GetProperty("path").GetString()!, UriKind.Relative))
        {
            Content = Content(recorded),
        };
        foreach (var header in recorded.GetProperty("headers").EnumerateObject())
        {
            if (header.Name.StartsWith("Content-", StringComparison.Ordinal))
            {
                request.Content?.Headers.TryAddWithoutValidation(header.Name, header.Value.GetString());
            }
            else
            {
                request.Headers.TryAddWithoutValidation(header.Name, header.Value.GetString());
            }
        }

        return request;
    }

    private static HttpContent? Content(JsonElement recorded)
    {
        if (recorded.TryGetProperty("json", out var json))
        {
            return new ByteArrayContent(Encoding.UTF8.GetBytes(json.GetRawText()));
        }

        if (recorded.TryGetProperty("body_base64", out var bytes))
        {
            return new ByteArrayContent(bytes.GetBytesFromBase64());
        }

        return recorded.TryGetProperty("multipart", out var form) ? Form(form) : null;
    }

    private static MultipartFormDataContent Form(JsonElement form)
    {
        var content = new MultipartFormDataContent();
        var data = new StringContent(form.GetProperty("data").GetString()!);
        data.Headers.ContentType = null;
        content.Add(data, "data");
        foreach (var file in form.GetProperty("files").EnumerateArray())
        {
            content.Add(new StringContent(file[1].GetString()!, new MediaTypeHeaderValue("text/plain")), "files", file[0].GetString()!);
        }

        return content;
    }
}
