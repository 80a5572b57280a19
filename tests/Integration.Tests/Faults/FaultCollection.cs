namespace TomOrleans.Integration.Tests.Faults;

/// <summary>One fault after the other: each test runs several processes.</summary>
[CollectionDefinition(Name)]
public sealed class FaultCollection
{
    public const string Name = "Faults";
}
