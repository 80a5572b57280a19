using System.Data.Common;
using TomOrleans.Storage.Dialects;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Storage.Products;

/// <summary>Files of targets.</summary>
public sealed class ProductTable(TomDatabase database, GroupCommitWriter writer)
{
    private const string Columns = "id, target_id, product_id, type, file_name, extra_data, size, created_us, created_by";

    /// <summary>Targets that some of these files belong to, and those that they were merged into.</summary>
    private static string Up(string files) => $"""
        WITH RECURSIVE up (member, id) AS (
            SELECT target_id, target_id FROM ({files}) f
            UNION SELECT u.member, t.merged_into FROM up u JOIN target t ON t.id = u.id WHERE t.merged_into IS NOT NULL)
        """;

    /// <summary>Condition: the file's target, or the one that it was merged into, is there.</summary>
    private const string IsSeen = "target_id IN (SELECT u.member FROM up u JOIN target t ON t.id = u.id WHERE t.gone_us IS NULL)";

    /// <summary>Some targets and those that were merged into them: their files stay where they are and are read as theirs, so that a merge can be undone.</summary>
    private static string Family(string targets) =>
        $"WITH RECURSIVE family (id) AS ({targets} UNION SELECT t.id FROM target t JOIN family f ON t.merged_into = f.id)";

    private const string IsOfFamily = "target_id IN (SELECT id FROM family)";

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

    /// <summary>True when a product has this product id, whoever's it is.</summary>
    public Task<bool> IsTakenAsync(string productId, CancellationToken cancellation = default) => database.ReadAsync(
        reader => reader.Sql("SELECT 1 FROM data_product WHERE product_id = @product").With("product", productId).AnyAsync(cancellation), cancellation);

    /// <summary>Newest first; of all targets where none is named. Those of a target that is gone are not seen.</summary>
    public Task<(long Total, IReadOnlyList<ProductRow> Rows)> ListAsync(long? target, int offset, int limit, CancellationToken cancellation = default) => target is { } id
        ? ListAsync(Family("SELECT t.id FROM target t WHERE t.id = @target AND t.gone_us IS NULL"), IsOfFamily, sql => sql.With("target", id), offset, limit, cancellation)
        : ListAsync(Up("SELECT DISTINCT target_id FROM data_product"), IsSeen, sql => sql, offset, limit, cancellation);

    /// <summary>The same, of targets with this text in a normalised name or alias.</summary>
    public Task<(long Total, IReadOnlyList<ProductRow> Rows)> SearchAsync(string normalisedText, int offset, int limit, CancellationToken cancellation = default) => ListAsync(
        Family($"SELECT n.target_id FROM target_name n WHERE {database.Dialect.Contains("n.normalised", "@text")}"), IsOfFamily, sql => sql.With("text", normalisedText), offset, limit, cancellation);

    /// <summary>Null for an unknown one, and for one of a target that is gone.</summary>
    public Task<(ProductRow Row, byte[] Content)?> FindAsync(long id, CancellationToken cancellation = default) => database.ReadAsync(
        async reader => (await reader.Sql($"{Up("SELECT target_id FROM data_product WHERE id = @id")} SELECT {Columns}, content FROM data_product WHERE id = @id AND {IsSeen}").With("id", id)
            .ListAsync(r => ((ProductRow, byte[])?)(Read(r), r.GetFieldValue<byte[]>(9)), cancellation)).FirstOrDefault(),
        cancellation);

    private Task<(long Total, IReadOnlyList<ProductRow> Rows)> ListAsync(string with, string where, Func<Sql, Sql> bind, int offset, int limit, CancellationToken cancellation) => database.ReadAsync(
        async reader =>
        {
            var total = await bind(reader.Sql($"{with} SELECT count(*) FROM data_product WHERE {where}")).FirstAsync(r => r.GetInt64(0), cancellation);
            var rows = await bind(reader.Sql($"{with} SELECT {Columns} FROM data_product WHERE {where} ORDER BY id DESC LIMIT @limit OFFSET @offset"))
                .With("limit", limit).With("offset", offset).ListAsync(Read, cancellation);
            return (total, (IReadOnlyList<ProductRow>)rows);
        },
        cancellation);

    private static ProductRow Read(DbDataReader r) =>
        new(r.GetInt64(0), r.GetInt64(1), r.IsDBNull(2) ? null : r.GetString(2), r.GetString(3), r.GetString(4), r.GetString(5), r.GetInt32(6), r.GetInt64(7), r.GetString(8));
}
