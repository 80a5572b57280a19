using System.Collections.Immutable;
using TomOrleans.Security;

namespace TomOrleans.Targets;

/// <summary>Files of targets, kept as they came: the Toolkit's data products. Reading what is in them is an import's work. Stateless; key 0.</summary>
[Alias("tom.data-products")]
public interface IDataProductsGrain : IGrainWithIntegerKey
{
    /// <summary>Throws what <see cref="AddAsync"/> would throw for this file now. Keeps nothing.</summary>
    [Alias("check"), AllowRole(TomRole.Contributor)]
    Task CheckAsync(DataProductDraft draft);

    /// <summary>
    /// Keeps a file, durable when this returns; each call keeps one more. Throws <see cref="TomFault.NotFound"/> for an unknown target, <see cref="TomFault.Conflict"/> when another file has the
    /// product id, <see cref="TomFault.Invalid"/> for a name, type or size that is not taken.
    /// </summary>
    [Alias("add"), AllowRole(TomRole.Contributor)]
    Task<DataProduct> AddAsync(DataProductDraft draft);

    /// <summary>Newest first; of all targets where <paramref name="target"/> is null. Files of targets that were removed are not seen, those of merged ones are the other target's.</summary>
    [Alias("list"), AllowRole(TomRole.Reader)]
    Task<DataProductPage> ListAsync(long? target, int offset, int limit);

    /// <summary>The same, of all targets that have this text in a name or alias.</summary>
    [Alias("search"), AllowRole(TomRole.Reader)]
    Task<DataProductPage> SearchAsync(string text, int offset, int limit);

    /// <summary>Throws <see cref="TomFault.NotFound"/>.</summary>
    [Alias("content"), AllowRole(TomRole.Reader)]
    Task<DataProductContent> GetContentAsync(long id);

    /// <summary>Forgets a file, not the points that came of it. Throws <see cref="TomFault.NotFound"/>.</summary>
    [Alias("remove"), AllowRole(TomRole.Contributor)]
    Task RemoveAsync(long id);
}

/// <summary>A file to be kept.</summary>
[GenerateSerializer, Immutable, Alias("tom.data-product-draft")]
public sealed record DataProductDraft
{
    public const int MaxBytes = 64 * 1024 * 1024;

    [Id(0)] public required long Target { get; init; }
    [Id(1)] public required string FileName { get; init; }

    /// <summary><c>photometry</c>, <c>spectroscopy</c>, <c>fits_file</c> or <c>image_file</c>.</summary>
    [Id(2)] public required string Type { get; init; }

    /// <summary>At most <see cref="MaxBytes"/>.</summary>
    [Id(3)] public required byte[] Content { get; init; }

    /// <summary>The sender's own id of it, unique; null for none.</summary>
    [Id(4)] public string? ProductId { get; init; }
    [Id(5)] public string ExtraData { get; init; } = "";
}

[GenerateSerializer, Immutable, Alias("tom.data-product")]
public sealed record DataProduct
{
    [Id(0)] public required long Id { get; init; }
    [Id(1)] public required long Target { get; init; }
    [Id(2)] public string? ProductId { get; init; }
    [Id(3)] public required string Type { get; init; }
    [Id(4)] public required string FileName { get; init; }
    [Id(5)] public required string ExtraData { get; init; }

    /// <summary>[bytes]</summary>
    [Id(6)] public required int Size { get; init; }

    /// <summary>[us since 1970, UTC]</summary>
    [Id(7)] public required long CreatedMicroseconds { get; init; }
    [Id(8)] public required string CreatedBy { get; init; }
}

[GenerateSerializer, Immutable, Alias("tom.data-product-page")]
public sealed record DataProductPage([property: Id(0)] long Total, [property: Id(1)] ImmutableArray<DataProduct> Products);

[GenerateSerializer, Immutable, Alias("tom.data-product-content")]
public sealed record DataProductContent([property: Id(0)] DataProduct Product, [property: Id(1)] byte[] Content);
