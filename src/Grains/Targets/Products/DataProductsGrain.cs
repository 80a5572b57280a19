using Orleans.Concurrency;
using TomOrleans.Grains.Security;
using TomOrleans.Storage.Products;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets.Products;

[GrainType("data-products"), StatelessWorker]
public sealed class DataProductsGrain(ProductTable products, TimeProvider time) : Grain, IDataProductsGrain
{
    private const int MostPerPage = 1_000;
    private static readonly string[] Types = ["photometry", "spectroscopy", "fits_file", "image_file"];

    public Task CheckAsync(DataProductDraft draft) => TargetRefusals.TellAsync(async () =>
    {
        Check(draft);
        await GrainFactory.Target(draft.Target).GetAsync();
        return IdOf(draft) is { } id && await products.IsTakenAsync(id) ? throw Taken() : true;
    });

    public Task<DataProduct> AddAsync(DataProductDraft draft) => TargetRefusals.TellAsync(async () =>
    {
        Check(draft);
        await GrainFactory.Target(draft.Target).GetAsync();
        var row = new ProductRow(
            0, draft.Target, IdOf(draft), draft.Type, draft.FileName, draft.ExtraData, draft.Content.Length,
            Clock.Microseconds(time), RequestContext.Get(ClientCallFilter.CallerKey) as string ?? "this TOM");
        return await products.InsertAsync(row, draft.Content) is { } id
            ? Of(row with { Id = id })
            : throw Taken();
    });

    public Task<DataProductPage> ListAsync(long? target, int offset, int limit) => TargetRefusals.TellAsync(async () =>
    {
        var (total, rows) = await products.ListAsync(target, Math.Max(0, offset), Math.Clamp(limit, 0, MostPerPage));
        return new DataProductPage(total, [.. rows.Select(Of)]);
    });

    public Task<DataProductPage> SearchAsync(string text, int offset, int limit) => TargetRefusals.TellAsync(async () =>
    {
        var (total, rows) = await products.SearchAsync(TargetNames.Normalise(text), Math.Max(0, offset), Math.Clamp(limit, 0, MostPerPage));
        return new DataProductPage(total, [.. rows.Select(Of)]);
    });

    public Task<DataProductContent> GetContentAsync(long id) => TargetRefusals.TellAsync(async () =>
        await products.FindAsync(id) is { } found ? new DataProductContent(Of(found.Row), found.Content) : throw Unknown(id));

    public async Task RemoveAsync(long id)
    {
        if (!await TargetRefusals.TellAsync(() => products.DeleteAsync(id)))
        {
            throw Unknown(id);
        }
    }

    private static void Check(DataProductDraft draft)
    {
        var fault = !Types.Contains(draft.Type) ? $"The type {QuotedText.Of(draft.Type)} is none of {string.Join(", ", Types)}."
            : draft.Content.Length > DataProductDraft.MaxBytes ? $"The file has {draft.Content.Length:N0} bytes; at most {DataProductDraft.MaxBytes:N0} are kept."
            : ProductNames.Fault(draft.FileName);
        if (fault is not null)
        {
            throw new TomException(TomFault.Invalid, fault);
        }
    }

    private static string? IdOf(DataProductDraft draft) => string.IsNullOrWhiteSpace(draft.ProductId) ? null : draft.ProductId.Trim();

    private static TomException Taken() => new(TomFault.Conflict, "data product with this product id already exists.");

    private static TomException Unknown(long id) => new(TomFault.NotFound, $"There is no data product with id {id}.");

    private static DataProduct Of(ProductRow row) => new()
    {
        Id = row.Id,
        Target = row.TargetId,
        ProductId = row.ProductId,
        Type = row.Type,
        FileName = row.FileName,
        ExtraData = row.ExtraData,
        Size = row.Size,
        CreatedMicroseconds = row.CreatedMicroseconds,
        CreatedBy = row.CreatedBy,
    };
}
