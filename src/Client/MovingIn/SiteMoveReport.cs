using TomOrleans.Targets;

namespace TomOrleans.Client.MovingIn;

/// <summary>What became of a site.</summary>
internal sealed class SiteMoveReport
{
    /// <summary>Targets that the site has; 0 before that is known.</summary>
    public int Total { get; set; }

    /// <summary>How many of them were done by a run before, which was cut off.</summary>
    public int Before { get; set; }

    public List<MovedOutcome> Outcomes { get; } = [];

    /// <summary>Names of the lists that were taken over.</summary>
    public SortedSet<string> Lists { get; } = new(StringComparer.Ordinal);

    /// <summary>What concerns no single target.</summary>
    public List<string> Notes { get; } = [];

    public MovedCounts Points => Outcomes.Aggregate(default(MovedCounts), (sum, outcome) => sum + outcome.Points);

    public MovedCounts Spectra => Outcomes.Aggregate(default(MovedCounts), (sum, outcome) => sum + outcome.Spectra);

    public int Others => Outcomes.Sum(outcome => outcome.Others);

    public int Count(MovedFate fate) => Outcomes.Count(outcome => outcome.Fate == fate);
}
