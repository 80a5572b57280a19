using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using TomOrleans.Grains.Targets.Products;
using TomOrleans.Grains.Targets.Toolkit;
using TomOrleans.Security;
using TomOrleans.Targets;

namespace TomOrleans.Silo.Api.Toolkit;

/// <summary>
/// <c>api/dataproducts/</c>: a file is read, then kept: photometry and spectra become data of the target. One that cannot be read for certain is not kept, and nothing of it is stored; the answer says why.
/// A file that was sent before adds no point a second time, so that whatever is cut off is made whole by sending it again.
/// </summary>
internal static class ProductsApi
{
    /// <summary>The file and its form around it.</summary>
    private const long LargestBody = DataProductDraft.MaxBytes + (1024 * 1024);

    public static void MapProducts(this IEndpointRouteBuilder api)
    {
        api.MapGet("/dataproducts", ListAsync);
        api.MapGet("/dataproducts/{id:long}/file", GetFileAsync);
        api.MapPost("/dataproducts", AddAsync).RequireAuthorization(nameof(TomRole.Contributor));
        api.MapDelete("/dataproducts/{id:long}", RemoveAsync).RequireAuthorization(nameof(TomRole.Contributor));
    }

    private static async Task<IResult> ListAsync(HttpRequest request, IGrainFactory grains)
    {
        var (offset, limit) = request.Query.Page();

        // The facility of an observation: no file of ours belongs to one.
        var page = request.Query.Text("facility") is not null ? new DataProductPage(0, [])
            : request.Query.Text("target_name") is { } name ? await grains.DataProducts().SearchAsync(name, offset, limit)
            : await grains.DataProducts().ListAsync(request.Query.Integer("target") ?? request.Query.Integer("target__id"), offset, limit);
        return TypedResults.Json(ToolkitRequests.Page(request, page.Total, page.Products.Select(product => ToJson(request, product))));
    }

    private static async Task<IResult> GetFileAsync(long id, HttpContext context, IGrainFactory grains)
    {
        var file = await grains.DataProducts().GetContentAsync(id);

        // Never shown as a page of ours, whatever it holds.
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.File(file.Content, "application/octet-stream", file.Product.FileName);
    }

    /// <summary>A product id that is taken is answered as the Toolkit does: that is how senders know a file that is there.</summary>
    private static async Task UnlessTakenAsync(Task call)
    {
        try
        {
            await call;
        }
        catch (TomException taken) when (taken.Fault == TomFault.Conflict)
        {
            throw new ToolkitRefusal(StatusCodes.Status400BadRequest, new() { ["product_id"] = new JsonArray(taken.Message) });
        }
    }

    private static async Task<IResult> AddAsync(HttpRequest request, IGrainFactory grains)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = LargestBody;
        }

        if (!request.HasFormContentType)
        {
            throw ToolkitRefusal.Detail(StatusCodes.Status415UnsupportedMediaType, $"Unsupported media type \"{request.ContentType}\" in request: send multipart/form-data with the part file.");
        }

        var form = await request.ReadFormAsync(new FormOptions { MultipartBodyLengthLimit = LargestBody });
        var draft = await ReadAsync(form);
        await UnlessTakenAsync(grains.DataProducts().CheckAsync(draft));
        try
        {
            // Before it is kept: a file that is listed has its data stored, whatever fails between the two.
            await ProductReading.ReadAsync(draft, grains);
        }
        catch (TomException refusal) when (refusal.Fault == TomFault.Invalid)
        {
            throw new ToolkitRefusal(StatusCodes.Status400BadRequest, new() { ["Data processing error"] = refusal.Message });
        }

        var adding = grains.DataProducts().AddAsync(draft);
        await UnlessTakenAsync(adding);
        var product = await adding;
        var json = ToJson(request, product);
        json["message"] = "Data product successfully uploaded.";
        return TypedResults.Json(json, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> RemoveAsync(long id, IGrainFactory grains)
    {
        try
        {
            await grains.DataProducts().RemoveAsync(id);
        }
        catch (TomException refusal) when (refusal.Fault == TomFault.NotFound)
        {
            throw ToolkitRefusal.NotFound("DataProduct");
        }

        return TypedResults.NoContent();
    }

    private static async Task<DataProductDraft> ReadAsync(IFormCollection form)
    {
        var faults = new ToolkitFaults();
        var target = ToolkitDatumTarget.Read(new() { ["target"] = form["target"].FirstOrDefault() }, faults);
        var type = form["data_product_type"].FirstOrDefault() ?? "";
        if (type is not (ToolkitDatum.Photometry or ToolkitDatum.Spectroscopy or "fits_file" or "image_file"))
        {
            faults.Add("data_product_type", "Not a valid data_product_type. Valid data_product_types are photometry, spectroscopy, fits_file, image_file.");
        }

        if (form.Files.GetFile("file") is not { } file)
        {
            faults.Add("file", "No file was submitted.");
            throw ToolkitRefusal.Of(faults);
        }

        if (faults.Any)
        {
            throw ToolkitRefusal.Of(faults);
        }

        using var content = new MemoryStream();
        await file.CopyToAsync(content);
        return new()
        {
            Target = target,
            FileName = ProductNames.Of(file.FileName),
            Type = type,
            Content = content.ToArray(),
            ProductId = form["product_id"].FirstOrDefault(),
            ExtraData = form["extra_data"].FirstOrDefault() ?? "",
        };
    }

    private static JsonObject ToJson(HttpRequest request, DataProduct product) => new()
    {
        ["id"] = product.Id,
        ["product_id"] = product.ProductId,
        ["target"] = product.Target,
        ["observation_record"] = null,
        ["data"] = $"{request.Scheme}://{request.Host}/api/dataproducts/{product.Id}/file",
        ["extra_data"] = product.ExtraData,
        ["data_product_type"] = product.Type,
        ["reduceddatum_set"] = new JsonArray(),
        ["groups"] = new JsonArray(),
    };
}
