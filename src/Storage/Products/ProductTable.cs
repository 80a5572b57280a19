using System.Data.Common;
using TomOrleans.Storage.Dialects;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Storage.Products;

/// <summary>Files of targets.</summary>
public sealed class ProductTable(TomDatabase database, GroupCommitWriter writer)
{
    private const string Columns = "id, target_id, product_id, type, file_name, extra_data, size, created_us, created_by";

    /// <summary>The target and those that were merged into it: their files stay where they are and are read as its own, so that a merge can be undone.</summary>
    private const string Family = """
        WITH RECURSIVE family (id) AS (SELECT CAST(@target AS bigint) UNION SELECT t.id FROM target t JOIN family f ON t.merged_into = f.id)
        """;

    /// <summary>Its id, durable when this returns; null, and nothing stored, when another product has its product id.</summary>
    public Task<long?> InsertAsync(ProductRow row, byte[] content)
    {
        StorableText.Check("product id", row.ProductId ?? "", 255);
        StorableText.Check("file name", row.FileName, 255);
        StorableText.Check("extra data", row.ExtraData, 100_000);
        return writer.RunAsync(async context => (await context
            .Sql("""
                INSERT INTO data_product (target_id, product_id, type, file_name, extra_data, size, created_us, created_by, content)
                VALUES (@target, @product, @type, @file, @extra, @size, @created, @by, @content) ON CONFLICT DO NOTHING RETURNING id
                """)
            .With("target", row.TargetId).With("product", row.ProductId).With("type", row.Type).With("file", row.FileName).With("extra", row.ExtraData).With("size", row.Size)
            .With("created", row.CreatedMicroseconds).With("by", row.CreatedBy).With("content", content)
            .ListAsync(r => (long?)r.GetInt64(0))).FirstOrDefault());
    }

    /// <summary>True when there was one. Durable when it returns; safe to repeat.</summary>
    public async Task<bool> DeleteAsync(long id) =>
        await writer.RunAsync(async context => await context.Sql("DELETE FROM data_product WHERE id = @id").With("id", id).ExecuteAsync() > 0);

    /// <summary>Newest first; of all targets where none is named.</summary>
    public Task<(long Total, IReadOnlyList<ProductRow> Rows)> ListAsync(long? target, int offset, int limit, CancellationToken cancellation = default) => database.ReadAsync(
        async reader =>
        {
            var (family, where) = target is null ? ("", "") : (Family, " WHERE target_id IN (SELECT id FROM family)");
            Sql With(Sql sql) => target is null ? sql : sql.With("target", target);
            var total = await With(reader.Sql($"{family} SELECT count(*) FROM data_product{where}")).FirstAsync(r => r.GetInt64(0), cancellation);
            var rows = await With(reader.Sql($"{family} SELECT {Columns} FROM data_product{where} ORDER BY id DESC LIMIT @limit OFFSET @offset"))
                .With("limit", limit).With("offset", offset).ListAsync(Read, cancellation);
            return (total, (IReadOnlyList<ProductRow>)rows);
        },
        cancellation);

    /// <summary>Null for an unknown one.</summary>
    public Task<(ProductRow Row, byte[] Content)?> FindAsync(long id, CancellationToken cancellation = default) => database.ReadAsync(
        async reader => (await reader.Sql($"SELECT {Columns}, content FROM data_product WHERE id = @id").With("id", id)
            .ListAsync(r => ((ProductRow, byte[])?)(Read(r), r.GetFieldValue<byte[]>(9)), cancellation)).FirstOrDefault(),
        cancellation);

    private static ProductRow Read(DbDataReader r) =>
        new(r.GetInt64(0), r.GetInt64(1), r.IsDBNull(2) ? null : r.GetString(2), r.GetString(3), r.GetString(4), r.GetString(5), r.GetInt32(6), r.GetInt64(7), r.GetString(8));
}
