namespace TomOrleans.Streams.Kafka.CatchUp;

/// <summary>Something the reader's thread has to do.</summary>
internal abstract record CatchUpEvent
{
    public sealed record Asked(CatchUpRequest Request) : CatchUpEvent;

    public sealed record Forgotten(PartitionRef Partition) : CatchUpEvent;

    /// <summary>The broker said what it has of a partition, or why it does not say.</summary>
    public sealed record Checked(CatchUpPlace Place, long Low, long High, StreamUnavailableException? Failure) : CatchUpEvent;
}
