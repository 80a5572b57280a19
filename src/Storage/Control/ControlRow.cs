namespace TomOrleans.Storage.Control;

/// <summary>Where an order to seek leads. The numbers are stored.</summary>
public static class SeekGoal
{
    public const int Earliest = 0;
    public const int Latest = 1;

    /// <summary>The value is a time [us since 1970, UTC].</summary>
    public const int Time = 2;

    /// <summary>The value is an offset, the same in each partition.</summary>
    public const int Offset = 3;
}

/// <param name="To">One of <see cref="SeekGoal"/>.</param>
/// <param name="Value">Time or offset; 0 where the goal needs none.</param>
/// <param name="Microseconds">When it was ordered [us since 1970, UTC]: its number among the orders.</param>
public sealed record SeekOrder(int To, long Value, long Microseconds);

/// <param name="By">Who paused it.</param>
/// <param name="Microseconds">Since when [us since 1970, UTC].</param>
public sealed record PauseOrder(string By, long Microseconds);

/// <summary>What people ordered for a topic (<paramref name="Handler"/> empty) or for one of its handlers.</summary>
/// <param name="Topic">The Kafka topic.</param>
/// <param name="Handler">Empty for all handlers of the topic.</param>
/// <param name="Pause">Null while it is not paused.</param>
/// <param name="Seek">The last one; null where there never was one.</param>
/// <param name="Revision">Grows with each order.</param>
public sealed record ControlRow(string Topic, string Handler, PauseOrder? Pause, SeekOrder? Seek, long Revision);
