using System.Data.Common;
using TomOrleans.Storage.Dialects;

namespace TomOrleans.Storage.Writing;

/// <summary>The transaction that a piece of work given to <see cref="GroupCommitWriter.RunAsync{T}(Func{DbTransactionContext, Task{T}})"/> writes in. Good only until the work returns.</summary>
public sealed class DbTransactionContext
{
    internal DbTransactionContext(Dialect dialect, DbConnection connection, DbTransaction transaction, TimeProvider time)
    {
        Time = time;
        Dialect = dialect;
        Connection = connection;
        Transaction = transaction;
    }

    public DbConnection Connection { get; }

    public DbTransaction Transaction { get; }

    internal Dialect Dialect { get; }

    /// <summary>The clock of the cluster.</summary>
    internal TimeProvider Time { get; }

    internal Sql Sql(string text) => new(Dialect, Connection, Transaction, text);
}
