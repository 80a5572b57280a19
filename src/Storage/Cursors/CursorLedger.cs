using TomOrleans.Storage.Messages;
using TomOrleans.Storage.Parked;

namespace TomOrleans.Storage.Cursors;

/// <summary>Applies moves to cursors that are locked: pure, so that both databases follow one rule. A move sees those before it in the group.</summary>
internal sealed class CursorLedger
{
    private readonly Dictionary<CursorKey, Entry> _entries = [];
    private readonly List<(long CursorId, NewParked Message)> _parked = [];
    private readonly List<KeptBatch> _kept = [];
    private readonly List<(long CursorId, NewLostRange Range)> _lost = [];

    /// <summary>A cursor as it stands in the database.</summary>
    public void AddStored(CursorKey key, long id, long epoch, long nextOffset) => _entries[key] = new Entry { Id = id, Epoch = epoch, NextOffset = nextOffset };

    /// <summary>False, and nothing changed, where epoch or offset is not as the mover expects.</summary>
    public bool Apply(CursorMove move)
    {
        if (!_entries.TryGetValue(move.Key, out var entry) || entry.Epoch != move.OwnerEpoch || entry.NextOffset != move.ExpectedOffset)
            return false;
        entry.NextOffset = move.NextOffset;
        entry.LastMicroseconds = move.LastMicroseconds;
        entry.Moved = true;
        entry.Consumed += move.Consumed;
        entry.Handled += move.Handled;
        entry.Ignored += move.Ignored;
        entry.Parked += move.Parked.Count;
        entry.Lost += move.Lost;
        foreach (var message in move.Parked)
            _parked.Add((entry.Id, message));
        if (move.Kept.Count > 0)
            _kept.Add(new(entry.Id, move.Kept));
        if (move.LostRange is { } lost)
            _lost.Add((entry.Id, lost));
        return true;
    }

    /// <summary>Cursors that moved, in the order of their ids; the counts are increments.</summary>
    public IReadOnlyList<Entry> Moves => _entries.Values.Where(entry => entry.Moved).OrderBy(entry => entry.Id).ToArray();

    public IReadOnlyList<(long CursorId, NewParked Message)> Parked => _parked;

    public IReadOnlyList<(long CursorId, NewLostRange Range)> Lost => _lost;

    /// <summary>Messages for the log, in the order in which their rows are to be locked.</summary>
    public IReadOnlyList<KeptBatch> Kept => [.. _kept.OrderBy(batch => batch.CursorId)];

    internal sealed class Entry
    {
        public required long Id { get; init; }
        public required long Epoch { get; init; }
        public required long NextOffset { get; set; }
        public long? LastMicroseconds { get; set; }
        public bool Moved { get; set; }
        public long Consumed { get; set; }
        public long Handled { get; set; }
        public long Ignored { get; set; }
        public long Parked { get; set; }
        public long Lost { get; set; }
    }
}

/// <summary>Messages of one partition for the log, in offset order; at least one.</summary>
internal readonly record struct KeptBatch(long CursorId, IReadOnlyList<NewMessage> Messages)
{
    public long First => Messages[0].Offset;

    public long Last => Messages[^1].Offset;

    public long Bytes => Messages.Sum(message => message.Bytes);
}
