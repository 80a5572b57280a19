using System.Data.Common;
using TomOrleans.Storage.Targets;

namespace TomOrleans.Storage.Dialects;

/// <summary>What the two databases say differently. Statements that both understand stand with their table.</summary>
internal abstract class Dialect
{
    public abstract SqlDialect Kind { get; }

    /// <summary>Condition: the column's value is in an array parameter.</summary>
    public abstract string In(string column, string parameter);

    /// <summary>Condition: the column contains the text parameter.</summary>
    public abstract string Contains(string column, string parameter);

    /// <summary>Suffix of a SELECT that keeps the rows of this table from changing until the transaction ends.</summary>
    public abstract string ForUpdate(string table);

    /// <summary>Behind a table in FROM: by which index, where the planner would choose one that has to be sorted.</summary>
    public abstract string By(string index);

    /// <summary>The latest shown point of each of the targets @ids, with <paramref name="columns"/>.</summary>
    public abstract string LatestPoints(string columns);

    /// <summary>Adds the texts @texts of the kind @kind to the dictionary, those that are not there.</summary>
    public abstract string InsertTerms { get; }

    /// <summary>Targets whose positions lie in any of the windows.</summary>
    public abstract Task<IReadOnlyList<TargetPlace>> FindInWindowsAsync(DbConnection connection, IReadOnlyList<ZoneWindow> windows, CancellationToken cancellation);

    public abstract void AddLongs(DbCommand command, string name, long[] values);

    public abstract void AddTexts(DbCommand command, string name, string[] values);

    public abstract void AddGuid(DbCommand command, string name, Guid? value);

    public abstract Guid ReadGuid(DbDataReader reader, int ordinal);
}
