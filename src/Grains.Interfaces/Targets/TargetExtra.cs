namespace TomOrleans.Targets;

/// <summary>A free field of a target.</summary>
/// <param name="Key">One value a key; case matters.</param>
/// <param name="Value">Kept as it was given.</param>
/// <param name="Ordinal">Its number among the fields of the target: stays while the field does. What a caller gives is not looked at.</param>
[GenerateSerializer, Immutable, Alias("tom.target-extra")]
public readonly record struct TargetExtra([property: Id(0)] string Key, [property: Id(1)] string Value, [property: Id(2)] int Ordinal = 0);

/// <summary>A named list (group) that a target is in.</summary>
[GenerateSerializer, Immutable, Alias("tom.target-list-name")]
public readonly record struct TargetListName([property: Id(0)] long Id, [property: Id(1)] string Name);
