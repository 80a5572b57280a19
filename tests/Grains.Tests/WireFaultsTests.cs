using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Serialization;
using TomOrleans.Grains.Alerts.Lanes;
using TomOrleans.Storage;

namespace TomOrleans.Grains.Tests;

/// <summary>What another silo's grain threw is told from a fault of the message after it has come over the wire.</summary>
public sealed class WireFaultsTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().LetFaultsTravel().BuildServiceProvider();

    public static TheoryData<Exception> Ours => new()
    {
        new StorageUnavailableException("The database is away.", new NpgsqlException("broken", new IOException("reset by peer"))),
        new TomException(TomFault.Unavailable, "The database is away.", new StorageUnavailableException("away", new NpgsqlException("broken"))),
        new TimeoutException("no answer"),
    };

    [Theory, MemberData(nameof(Ours), DisableDiscoveryEnumeration = true)]
    public void A_fault_of_ours_is_one_on_the_other_side_too(Exception thrown)
    {
        var arrived = Travel(thrown);

        Assert.IsType(thrown.GetType(), arrived);
        Assert.Equal(thrown.Message, arrived.Message);
        Assert.True(FaultOfOurs.Is(arrived));
    }

    [Fact]
    public void A_handlers_fault_is_its_own_on_the_other_side_too()
    {
        var arrived = Travel(new HandlersOwnException("what is this?"));

        Assert.Equal("what is this?", arrived.Message);
        Assert.False(FaultOfOurs.Is(arrived));
    }

    public void Dispose() => _services.Dispose();

    private Exception Travel(Exception thrown)
    {
        var serializer = _services.GetRequiredService<Serializer>();
        return serializer.Deserialize<Exception>(serializer.SerializeToArray(thrown))!;
    }

    private sealed class HandlersOwnException(string message) : Exception(message);
}
