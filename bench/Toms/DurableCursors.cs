using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Photometry;
using TomOrleans.Storage.Writing;

namespace TomOrleans.Bench.Toms;

/// <summary>Keeps the points in memory and moves cursors and books in the database.</summary>
internal sealed class DurableCursors(MemoryWriter memory, GroupCommitWriter durable) : IIngestWriter
{
    public Task<IReadOnlyList<RowFate>> AppendPhotometryAsync(long targetId, IReadOnlyList<PhotometryRow> rows) => memory.AppendPhotometryAsync(targetId, rows);

    public Task<bool> MoveCursorAsync(CursorMove move) => durable.MoveCursorAsync(move);
}
