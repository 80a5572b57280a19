using System.Data;
using System.Data.Common;

namespace TomOrleans.Storage.Dialects;

/// <summary>One statement with its parameters, typed so that a null is understood too; executed on a connection of the caller's.</summary>
internal sealed class Sql
{
    private readonly DbCommand _command;
    private readonly Dialect _dialect;

    public Sql(Dialect dialect, DbConnection connection, DbTransaction? transaction, string text)
    {
        _dialect = dialect;
        _command = connection.CreateCommand();
        _command.Transaction = transaction;
#pragma warning disable CA2100 // Every text is a constant of this assembly.
        _command.CommandText = text;
#pragma warning restore CA2100
    }

    public Sql With(string name, long? value) => Add(name, DbType.Int64, value);

    public Sql With(string name, int? value) => Add(name, DbType.Int32, value);

    public Sql With(string name, double? value) => Add(name, DbType.Double, value);

    public Sql With(string name, bool value) => Add(name, DbType.Boolean, value);

    public Sql With(string name, string? value) => Add(name, DbType.String, value);

    public Sql With(string name, byte[]? value) => Add(name, DbType.Binary, value);

    public Sql With(string name, Guid value)
    {
        _dialect.AddGuid(_command, name, value);
        return this;
    }

    public Sql With(string name, Guid? value)
    {
        _dialect.AddGuid(_command, name, value);
        return this;
    }

    public Sql With(string name, long[] values)
    {
        _dialect.AddLongs(_command, name, values);
        return this;
    }

    public Sql With(string name, string[] values)
    {
        _dialect.AddTexts(_command, name, values);
        return this;
    }

    /// <summary>Rows changed.</summary>
    public async Task<int> ExecuteAsync(CancellationToken cancellation = default)
    {
        await using var command = _command;
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    public async Task<List<T>> ListAsync<T>(Func<DbDataReader, T> map, CancellationToken cancellation = default)
    {
        await using var command = _command;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation))
            rows.Add(map(reader));
        return rows;
    }

    /// <summary>The first row; default when there is none.</summary>
    public async Task<T?> FirstAsync<T>(Func<DbDataReader, T> map, CancellationToken cancellation = default)
    {
        var rows = await ListAsync(map, cancellation);
        return rows.Count > 0 ? rows[0] : default;
    }

    public async Task<bool> AnyAsync(CancellationToken cancellation = default) => (await ListAsync(static _ => true, cancellation)).Count > 0;

    private Sql Add(string name, DbType type, object? value)
    {
        var parameter = _command.CreateParameter();
        parameter.ParameterName = name;
        parameter.DbType = type;
        parameter.Value = value ?? DBNull.Value;
        _command.Parameters.Add(parameter);
        return this;
    }
}
