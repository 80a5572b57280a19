namespace TomOrleans.Streams.Kafka.Partitions;

/// <summary>Checks a claimed offset against what the broker has.</summary>
internal static class StartOffset
{
    /// <summary>
    /// Below the lowest: the broker threw messages away, reading goes on at the lowest. Beyond the end: the topic was made again, it is read from its lowest;
    /// waiting for its offsets to grow would lose messages in silence.
    /// </summary>
    public static long Clamp(long claimed, PartitionFacts facts, out string? problem)
    {
        problem = null;
        if (claimed < facts.LowOffset)
        {
            problem = $"offsets {claimed} to {facts.LowOffset - 1} are no longer at the broker; reading from {facts.LowOffset}";
            return facts.LowOffset;
        }

        if (claimed > facts.HighOffset)
        {
            problem = $"offset {claimed} is beyond the end {facts.HighOffset}: the topic was made again; reading from {facts.LowOffset}";
            return facts.LowOffset;
        }

        return claimed;
    }
}
