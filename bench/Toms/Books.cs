using TomOrleans.Bench.Load;

namespace TomOrleans.Bench.Toms;

/// <summary>Makes sure that a run did the work it was timed for.</summary>
internal static class Books
{
    /// <param name="messages">What was read.</param>
    /// <param name="handler">Whose books.</param>
    /// <param name="cursors">Of each partition the next offset and the books.</param>
    public static void Check(long messages, string handler, IReadOnlyCollection<(long NextOffset, long Consumed, long Handled, long Ignored, long Parked)> cursors)
    {
        var handled = cursors.Sum(cursor => cursor.Handled);
        var ignored = cursors.Sum(cursor => cursor.Ignored);
        var parked = cursors.Sum(cursor => cursor.Parked);
        if (cursors.Sum(cursor => cursor.NextOffset) != messages
            || cursors.Any(cursor => cursor.Consumed != cursor.NextOffset || cursor.Consumed != cursor.Handled + cursor.Ignored + cursor.Parked)
            || (handler == FilterHandlerGrain.Name ? ignored : handled) != messages)
        {
            var consumed = cursors.Sum(cursor => cursor.Consumed);
            throw new BenchException(
                $"The books of {handler} do not balance: {messages:N0} messages; consumed {consumed:N0}, handled {handled:N0}, ignored {ignored:N0}, parked {parked:N0}.");
        }
    }

    public static void CheckPoints(LoadTopic load, long targets, long points)
    {
        if (targets != load.Targets.Count || points != load.Points)
        {
            throw new BenchException($"Stored are {points:N0} points of {targets:N0} targets; sent were {load.Points:N0} of {load.Targets.Count:N0}.");
        }
    }
}
