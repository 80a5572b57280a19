using TomOrleans.Storage.Photometry;
using TomOrleans.Targets;

namespace TomOrleans.Grains.Targets.Import;

/// <summary>What would become of rows, against what a target holds and the rows before. Follows the rule of the database's own merge; changes nothing.</summary>
internal sealed class DryLedger
{
    /// <summary>By identity and content: who sent it.</summary>
    private readonly Dictionary<long, Dictionary<long, string?>> _contents = [];
    private readonly Dictionary<(long Time, long Content, string Band, string? Telescope), Dictionary<string, int>> _statements = [];

    public static DryLedger Of(IEnumerable<PhotometryRow> stored)
    {
        var ledger = new DryLedger();
        foreach (var row in stored)
        {
            ledger.Judge(row);
        }

        return ledger;
    }

    public PointFate Judge(PhotometryRow row)
    {
        if (_contents.TryGetValue(row.Identity, out var contents) && (contents.ContainsKey(row.Content) || IsNoValueOfItsOwn(row, contents.Values)))
        {
            return PointFate.Known;
        }

        var isFirst = State(row);
        if (contents is not null)
        {
            contents.Add(row.Content, row.Source?.Sender);
            return PointFate.Revision;
        }

        _contents[row.Identity] = new() { [row.Content] = row.Source?.Sender };
        return isFirst ? PointFate.New : PointFate.Confirmed;
    }

    /// <summary>What is passed on adds no value to a measurement that came by others.</summary>
    private static bool IsNoValueOfItsOwn(PhotometryRow row, IEnumerable<string?> senders) => row.IsSecondHand && (row.Source?.Sender is not { } sender || !senders.Contains(sender));

    /// <summary>True when no other origin has stated the same as often.</summary>
    private bool State(PhotometryRow row)
    {
        var statement = (row.TimeMicroseconds, row.Content, row.Bandpass, row.Telescope);
        if (!_statements.TryGetValue(statement, out var byOrigin))
        {
            _statements[statement] = byOrigin = [];
        }

        var most = byOrigin.Count == 0 ? 0 : byOrigin.Values.Max();
        return (byOrigin[row.Origin] = byOrigin.GetValueOrDefault(row.Origin) + 1) > most;
    }
}
