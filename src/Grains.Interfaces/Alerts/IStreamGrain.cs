using System.Collections.Immutable;
using TomOrleans.Security;

namespace TomOrleans.Alerts;

/// <summary>State of a stream's connections, gathered from the silos that hold one. Key: the stream's ID.</summary>
[Alias("tom.stream")]
public interface IStreamGrain : IGrainWithStringKey
{
    [Alias("status"), AllowRole(TomRole.Reader)]
    Task<StreamStatus> GetStatusAsync();

    /// <summary><see cref="StreamStatus.State"/> alone, which costs no look at the topics.</summary>
    [Alias("state"), AllowRole(TomRole.Reader)]
    Task<string> GetStateAsync();

    /// <summary>Handlers that fail and partitions that wait, at this moment.</summary>
    [Alias("troubles"), AllowRole(TomRole.Reader)]
    Task<ImmutableArray<StreamTrouble>> GetTroublesAsync();

    /// <summary>A silo tells how its consumer of this stream is; kept in memory only.</summary>
    [Alias("report")]
    Task ReportAsync(string silo, StreamReport report);
}

/// <param name="State"><c>connecting</c>, <c>connected</c>, <c>waiting: reason</c>, <c>refused: reason</c> or <c>stopped</c>; <c>silent: reason</c> or <c>failing: reason</c> where a heartbeat is missed.</param>
/// <param name="Topics">Topics the silo sees behind the stream's TOPIC_HANDLERS.</param>
/// <param name="Problems">Topics that are absent or forbidden, each with its reason.</param>
[GenerateSerializer, Immutable, Alias("tom.stream-report")]
public sealed record StreamReport(
    [property: Id(0)] string State,
    [property: Id(1)] ImmutableArray<string> Topics,
    [property: Id(2)] ImmutableArray<string> Problems)
{
    /// <summary>One for each topic and handler.</summary>
    [Id(3)] public ImmutableArray<StreamTrouble> Troubles { get; init; } = [];
}

/// <summary>What does not go on, and not because a person stopped it.</summary>
/// <param name="Topic">Without its stream.</param>
/// <param name="Handler">The handler that fails; null where the whole partition waits.</param>
/// <param name="Reason">One line for a person.</param>
[GenerateSerializer, Immutable, Alias("tom.stream-trouble")]
public sealed record StreamTrouble([property: Id(0)] string Topic, [property: Id(1)] string? Handler, [property: Id(2)] string Reason);

[GenerateSerializer, Immutable, Alias("tom.stream-status")]
public sealed record StreamStatus
{
    [Id(0)] public required string Id { get; init; }

    /// <summary><c>hopskotch</c>, <c>gcn</c>, <c>kafka</c> or <c>sandbox</c>.</summary>
    [Id(1)] public required string Kind { get; init; }
    [Id(2)] public required string State { get; init; }
    [Id(3)] public required ImmutableArray<TopicStatus> Topics { get; init; }
    [Id(4)] public required ImmutableArray<string> Problems { get; init; }
}
