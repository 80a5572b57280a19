namespace TomOrleans.Storage.Migrations;

/// <summary>Where an area of the schema stands.</summary>
/// <param name="Area"><c>tom</c> (our tables) or <c>orleans</c> (Orleans' own).</param>
/// <param name="Applied">The numbers of the migrations that the database has; none in an empty one. Numbers may have gaps, and a gap may be filled later.</param>
/// <param name="Known">Those that this program has.</param>
public sealed record SchemaStatus(string Area, IReadOnlySet<int> Applied, IReadOnlyList<int> Known)
{
    /// <summary>The highest one applied; 0 in an empty database.</summary>
    public int Version => Applied.DefaultIfEmpty().Max();

    /// <summary>What is to be applied, in order.</summary>
    public IEnumerable<int> Missing => Known.Where(number => !Applied.Contains(number));

    /// <summary>What a newer program has applied and this one does not know.</summary>
    public IEnumerable<int> Foreign => Applied.Except(Known).Order();

    public bool IsCurrent => !Missing.Any() && !Foreign.Any();
}
