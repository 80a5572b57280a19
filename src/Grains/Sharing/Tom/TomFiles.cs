using System.Collections.Immutable;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using TomOrleans.Storage.Products;

namespace TomOrleans.Grains.Sharing.Tom;

/// <summary>
/// Uploads a file of a target to another TOM, as <c>multipart/form-data</c> to <c>api/dataproducts/</c>. Every file has a <c>product_id</c> there, its own or one made of ours: by it the other TOM
/// knows a file that it has, so an upload that was cut off may be sent again.
/// </summary>
internal sealed class TomFiles(TomClient client, ProductTable products, long target)
{
    /// <summary>Of the form, beside the target and the file.</summary>
    public static readonly ImmutableArray<string> Fields = ["data_product_type", "product_id", "extra_data"];

    /// <summary>As it is stored with the part: its content never changes, and is read when it is sent.</summary>
    public static void WriteTo(Utf8JsonWriter json, SharedFile file, string tomName)
    {
        json.WriteStartObject("file");
        json.WriteNumber("id", file.Id);
        json.WriteString("name", file.FileName);
        json.WriteString("data_product_type", file.Type);
        json.WriteString("product_id", file.ProductId ?? string.Create(CultureInfo.InvariantCulture, $"{tomName}: {file.Id}"));
        json.WriteString("extra_data", file.ExtraData);
        json.WriteNumber("bytes", file.Size);
        json.WriteEndObject();
    }

    /// <summary>Throws <see cref="TomSilentException"/>; the same file may then be posted again.</summary>
    public async Task<SendOutcome> PostAsync(JsonObject file, CancellationToken deadline)
    {
        var (id, name) = ((long)file["id"]!, (string)file["name"]!);
        if (await products.FindAsync(id, deadline) is not { } found)
        {
            return new SendOutcome.Refused(string.Create(CultureInfo.InvariantCulture, $"The data product {id} was removed here before it was sent."));
        }

        using var form = new MultipartFormDataContent();
        form.Add(new StringContent(target.ToString(CultureInfo.InvariantCulture)), "target");
        foreach (var field in Fields)
        {
            form.Add(new StringContent((string)file[field]!), field);
        }

        var content = new ByteArrayContent(found.Content);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        form.Add(content, "file", name);
        var answer = await client.SendAsync(HttpMethod.Post, "api/dataproducts/", form, deadline);
        return answer.End ?? Classify(answer, name);
    }

    private SendOutcome Classify(TomAnswer answer, string name)
    {
        if (answer.IsSuccess && answer.Json is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.Number)
        {
            return new SendOutcome.Delivered(string.Create(CultureInfo.InvariantCulture, $"target {target}: {name} saved as data product {id.GetInt64()}"));
        }

        var words = answer.Words;
        return answer.Status is 400 or 409 && words.Contains("product id already exists", StringComparison.Ordinal)
            ? new SendOutcome.Delivered(string.Create(CultureInfo.InvariantCulture, $"target {target}: {name} was there"))

            // A Toolkit says 500 also to a file that it cannot read, and then keeps none of it.
            : answer.Status >= 500 && !words.Contains("processing error", StringComparison.OrdinalIgnoreCase) ? new SendOutcome.Retry($"the other TOM failed to take {name}: {words}")
            : new SendOutcome.Refused(answer.IsSuccess ? $"It answered {answer.Status} without the data product." : $"The other TOM does not take {name}: {words}");
    }
}
