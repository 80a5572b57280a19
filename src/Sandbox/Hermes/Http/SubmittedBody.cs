using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using TomOrleans.HermesRules.Validation;
using TomOrleans.HermesRules.PythonJson;

namespace TomOrleans.Sandbox.Hermes.Http;

/// <summary>A request body as Hermes reads it: JSON, or a multipart form with the JSON in the part <c>data</c> and files beside it.</summary>
internal sealed record SubmittedBody(object? Json, bool IsForm, IReadOnlyList<string> FileNames)
{
    /// <exception cref="RefusalException">415 for another media type, 400 for what is not JSON.</exception>
    /// <exception cref="HermesCrashException">A form without a readable <c>data</c> part.</exception>
    public static async Task<SubmittedBody> ReadAsync(HttpRequest request, byte[] body)
    {
        if (body.Length == 0)
        {
            return new SubmittedBody(new WireObject(), false, []);
        }

        var isKnown = MediaTypeHeaderValue.TryParse(request.ContentType, out var type);
        if (isKnown && type!.MediaType == "multipart/form-data")
        {
            return await ReadFormAsync(HeaderUtilities.RemoveQuotes(type.Boundary).Value ?? "", body);
        }

        if (!isKnown || type!.MediaType != "application/json")
        {
            throw new RefusalException(Answer.Detail(415, $"Unsupported media type \"{request.ContentType}\" in request."));
        }

        try
        {
            return new SubmittedBody(WireReader.Read(body), false, []);
        }
        catch (WireFormatException e)
        {
            throw new RefusalException(Answer.Detail(400, $"JSON parse error - {e.Message}"));
        }
    }

    private static async Task<SubmittedBody> ReadFormAsync(string boundary, byte[] body)
    {
        object? json = null;
        var files = new List<string>();
        var reader = new MultipartReader(boundary, new MemoryStream(body));
        while (await reader.ReadNextSectionAsync() is { } section)
        {
            if (section.AsFileSection() is { } file)
            {
                files.Add(file.FileName);
            }
            else if (section.AsFormDataSection() is { Name: "data" } data)
            {
                json = ReadData(await data.GetValueAsync());
            }
        }

        return new SubmittedBody(json ?? throw new HermesCrashException("a form without data"), true, files);
    }

    private static object? ReadData(string text)
    {
        try
        {
            return WireReader.Read(text);
        }
        catch (WireFormatException e)
        {
            throw new HermesCrashException(e.Message);
        }
    }
}
