namespace TomOrleans.Storage.Migrations;

/// <summary>Where an area of the schema stands.</summary>
/// <param name="Area"><c>tom</c> (our tables) or <c>orleans</c> (Orleans' own).</param>
/// <param name="Applied">The numbers of the migrations that the database has, and for each the one that a program must know to live with it, null for any; none in an empty database. Numbers may have gaps, and a gap may be filled later.</param>
/// <param name="Known">Those that this program has.</param>
public sealed record SchemaStatus(string Area, IReadOnlyDictionary<int, int?> Applied, IReadOnlyList<int> Known)
{
    /// <summary>The highest one applied; 0 in an empty database.</summary>
    public int Version => Applied.Keys.DefaultIfEmpty().Max();

    /// <summary>What is to be applied, in order.</summary>
    public IEnumerable<int> Missing => Known.Where(number => !Applied.ContainsKey(number));

    /// <summary>What a newer program has applied and this one does not know.</summary>
    public IEnumerable<int> Foreign => Applied.Keys.Except(Known).Order();

    /// <summary>Those of the foreign ones that this program cannot live with.</summary>
    public IEnumerable<int> Unbearable => Foreign.Where(number => Applied[number] is { } needed && !Known.Contains(needed));

    public bool IsCurrent => !Missing.Any() && !Foreign.Any();
}
