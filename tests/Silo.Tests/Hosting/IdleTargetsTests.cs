using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using TomOrleans.Grains.Targets;
using TomOrleans.Silo.Tests.Security;

namespace TomOrleans.Silo.Tests.Hosting;

public sealed class IdleTargetsTests(InProcessSilo silo) : IClassFixture<InProcessSilo>
{
    [Fact]
    public void Targets_that_nobody_calls_are_let_go_sooner_than_other_grains()
    {
        var options = silo.App.Services.GetRequiredService<IOptions<GrainCollectionOptions>>().Value;

        Assert.Equal(TargetGrain.IdleTime, options.ClassSpecificCollectionAge[typeof(TargetGrain).FullName!]);
        Assert.InRange(TargetGrain.IdleTime, options.CollectionQuantum, options.CollectionAge / 5);
    }
}
