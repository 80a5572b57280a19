namespace TomOrleans.Grains.Targets.Import.Tables;

/// <summary>
/// What the times of a VOTable count, by its elements TIMESYS (VOTable 1.4, section 3.4): a column names its own by <c>ref</c>; one that names none has the one that there is.
/// </summary>
internal sealed class VoTableTimes
{
    private readonly List<(string? Id, string? Stated)> _systems = [];
    private readonly List<string?> _references = [];

    /// <summary>In the order of the columns; null where nothing is stated. Several systems are told as such: none of them can be meant for certain.</summary>
    public IReadOnlyList<string?> OfColumns
    {
        get
        {
            var all = _systems.Select(system => system.Stated).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToList();
            var other = all.Count > 0 ? string.Join(" or ", all) : null;
            return [.. _references.Select(reference => reference is not null && _systems.FindIndex(system => system.Id == reference) is >= 0 and var place ? _systems[place].Stated : other)];
        }
    }

    /// <param name="reference">What the column's <c>ref</c> names: a TIMESYS, or something else.</param>
    public void AddColumn(string? reference) => _references.Add(reference);

    /// <summary>Takes a system as it stands there. A place other than the Earth, and a zero other than those of Julian dates, are told with its scale, so that it is not read as one.</summary>
    public void AddSystem(string? id, string? scale, string? origin, string? place)
    {
        var isElsewhere = place?.ToUpperInvariant() is "BARYCENTER" or "HELIOCENTER";
        var hasOwnZero = origin is { Length: > 0 } and not ("MJD-origin" or "JD-origin" or "0" or "0.0" or "2400000.5");
        var stated = $"{scale}{(hasOwnZero ? $" since {origin}" : "")}{(isElsewhere ? $" at the {place}" : "")}".Trim();
        _systems.Add((id, stated.Length > 0 ? stated : null));
    }
}
