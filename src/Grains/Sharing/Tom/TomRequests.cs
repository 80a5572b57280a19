using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TomOrleans.Grains.Sharing.Tom;

/// <summary>
/// A part as the requests that are made of it, one a paragraph: <c>POST api/reduceddatums/</c> and below it the body. Which of them are made depends on what the other TOM has: that is said in
/// <c># lines</c>. <c>ID</c> stands for the target's id there. Pure.
/// </summary>
internal static class TomRequests
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Describe(TomPart part)
    {
        var text = new StringBuilder();
        foreach (var name in part.Names)
        {
            text.Append("GET ").Append(TomTargets.Search(name)).Append('\n');
        }

        text.Append("# where it has no such target\nPOST api/targets/\n").Append(part.Creation()).Append('\n');
        if (part.List)
        {
            text.Append("# where it has one\nPATCH api/targets/ID/\n").Append(part.Lists()).Append('\n');
        }

        if (part.File is { } file)
        {
            text.Append("POST api/dataproducts/\n# multipart/form-data, with the file and these fields\n").Append(Fields(file).ToJsonString(Plain)).Append('\n');
        }

        foreach (var kind in part.Data.Select(datum => (string?)datum["data_type"]).Distinct())
        {
            text.Append("GET api/reduceddatums/?target__id=ID&data_type=").Append(kind).Append('\n');
        }

        if (part.Data.Length > 0)
        {
            text.Append("# each that is not there yet; to a TomOrleans together, without looking first: POST api/reduceddatums/batch/ {\"data\":[...]}\n");
        }

        foreach (var datum in part.Data)
        {
            var body = datum.DeepClone().AsObject();
            body["target"] = "ID";
            text.Append("POST api/reduceddatums/\n").Append(body.ToJsonString(Plain)).Append('\n');
        }

        return text.ToString().TrimEnd('\n');
    }

    private static JsonObject Fields(JsonObject file)
    {
        var fields = new JsonObject { ["target"] = "ID", ["file"] = (string?)file["name"] };
        foreach (var field in TomFiles.Fields)
        {
            fields[field] = (string?)file[field];
        }

        return fields;
    }
}
