using System.Collections.Immutable;
using TomOrleans.Security;

namespace TomOrleans.Targets;

/// <summary>The named lists (groups) of targets. Case and blanks at the ends of a list's name do not count. Key 0.</summary>
[Alias("tom.target-lists")]
public interface ITargetListsGrain : IGrainWithIntegerKey
{
    /// <summary>All lists, by name.</summary>
    [Alias("list"), AllowRole(TomRole.Reader)]
    Task<ImmutableArray<TargetList>> ListAsync();

    /// <summary>Puts targets in a list; makes it where it does not exist. Durable when it returns; safe to repeat. Throws <see cref="TomFault.NotFound"/> when a target does not exist: then none is put in.</summary>
    [Alias("add"), AllowRole(TomRole.Contributor)]
    Task<TargetList> AddAsync(string list, ImmutableArray<long> targets);

    /// <summary>Takes targets out of a list; those that are not in it do not matter. Throws <see cref="TomFault.NotFound"/> for an unknown list.</summary>
    [Alias("take-out"), AllowRole(TomRole.Contributor)]
    Task<TargetList> TakeOutAsync(string list, ImmutableArray<long> targets);

    /// <summary>Throws <see cref="TomFault.NotFound"/> for an unknown list, <see cref="TomFault.Conflict"/> for a name that another has.</summary>
    [Alias("rename"), AllowRole(TomRole.Contributor)]
    Task<TargetList> RenameAsync(string list, string name);

    /// <summary>Removes a list, not its targets. Throws <see cref="TomFault.NotFound"/> for an unknown one.</summary>
    [Alias("remove"), AllowRole(TomRole.Contributor)]
    Task<TargetList> RemoveAsync(string list);
}

/// <summary>A named list and how many targets are in it.</summary>
[GenerateSerializer, Immutable, Alias("tom.target-list")]
public sealed record TargetList
{
    [Id(0)] public required long Id { get; init; }
    [Id(1)] public required string Name { get; init; }
    [Id(2)] public required long Targets { get; init; }

    /// <summary>[us since 1970, UTC]</summary>
    [Id(3)] public required long CreatedMicroseconds { get; init; }
    [Id(4)] public required string CreatedBy { get; init; }
}
