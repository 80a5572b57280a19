namespace TomOrleans.Integration.Tests.Faults;

/// <summary>One fault after the other: each test runs several processes and takes long. What breaks nothing stands beside it, for the other core.</summary>
[CollectionDefinition(Name)]
public sealed class FaultCollection
{
    public const string Name = "Faults";
}
