using System.Data.Common;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Storage.Security;

/// <summary>Who may: tokens by their SHA-256.</summary>
public sealed class TokenTable(TomDatabase database, GroupCommitWriter writer)
{
    private const string Columns = "sha256, role, name, created_us";

    /// <summary>Null for an unknown token.</summary>
    public Task<TokenRow?> FindAsync(byte[] sha256, CancellationToken cancellation = default) => database.ReadAsync(
        reader => reader.Sql($"SELECT {Columns} FROM token WHERE sha256 = @sha256").With("sha256", sha256).FirstAsync(Read, cancellation), cancellation);

    /// <summary>False, and nothing changed, when the token exists.</summary>
    public async Task<bool> InsertAsync(TokenRow token)
    {
        StorableText.Check("token's name", token.Name, 200);
        return await writer.RunAsync(async context => await context
            .Sql($"INSERT INTO token ({Columns}) VALUES (@sha256, @role, @name, @created) ON CONFLICT DO NOTHING")
            .With("sha256", token.Sha256).With("role", token.Role).With("name", token.Name).With("created", token.CreatedMicroseconds).ExecuteAsync() > 0);
    }

    /// <summary>Oldest first.</summary>
    public Task<IReadOnlyList<TokenRow>> ListAsync(CancellationToken cancellation = default) => database.ReadAsync(
        async reader => (IReadOnlyList<TokenRow>)await reader.Sql($"SELECT {Columns} FROM token ORDER BY created_us, name").ListAsync(Read, cancellation), cancellation);

    private static TokenRow Read(DbDataReader r) => new(r.GetFieldValue<byte[]>(0), r.GetInt32(1), r.GetString(2), r.GetInt64(3));
}
