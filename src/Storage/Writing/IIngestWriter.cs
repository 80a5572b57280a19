using TomOrleans.Storage.Cursors;
using TomOrleans.Storage.Photometry;

namespace TomOrleans.Storage.Writing;

/// <summary>The two writes on the way of a message: points and cursors. <see cref="GroupCommitWriter"/> makes them durable; the benchmark has one that keeps them in memory.</summary>
public interface IIngestWriter
{
    /// <inheritdoc cref="GroupCommitWriter.AppendPhotometryAsync"/>
    Task<IReadOnlyList<RowFate>> AppendPhotometryAsync(long targetId, IReadOnlyList<PhotometryRow> rows);

    /// <inheritdoc cref="GroupCommitWriter.MoveCursorAsync"/>
    Task<bool> MoveCursorAsync(CursorMove move);
}
