using Microsoft.Extensions.DependencyInjection;
using TomOrleans.Security;

namespace TomOrleans.Silo.Tests.Security;

/// <summary>P9: calls between grains need no token, so nobody from outside may speak as a grain.</summary>
public sealed class ForgedSenderTests(InProcessSilo silo) : IClassFixture<InProcessSilo>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("target", "5")]
    [InlineData("sys.svc.membership.oracle", "127.0.0.1:11111@1")]
    [InlineData("sys.client", "hosted-127.0.0.1:11111@1")]
    public async Task A_client_that_names_a_grain_or_a_silo_as_sender_is_cut_off_and_its_call_does_nothing(string kind, string key)
    {
        var name = $"forged by {kind} {key}";
        await using var client = await ForgingClient.StartAsync(silo.GatewayPort);
        var refused = await Assert.ThrowsAsync<TomException>(() => client.Grains.TargetDirectory().AddAsync(new() { Name = name, RightAscensionDegrees = 1, DeclinationDegrees = 2 }));
        Assert.Equal(TomFault.Unauthenticated, refused.Fault);

        client.SpeakAs(kind, key);
        var forged = client.Grains.TargetDirectory().AddAsync(new() { Name = name, RightAscensionDegrees = 1, DeclinationDegrees = 2 });
        await client.CutOff.WaitAsync(Limit);

        var targets = await silo.App.Services.GetRequiredService<IGrainFactory>().TargetDirectory().ListAsync(new());
        Assert.DoesNotContain(targets.Targets, target => target.Name == name);
        _ = forged.ContinueWith(task => task.Exception, TaskScheduler.Default);
    }

    [Fact]
    public async Task A_client_that_speaks_as_another_client_is_cut_off()
    {
        await using var client = await ForgingClient.StartAsync(silo.GatewayPort);
        client.SpeakAs("sys.client", "0123456789abcdef0123456789abcdef");

        var forged = client.Grains.TargetDirectory().ListAsync(new());
        await client.CutOff.WaitAsync(Limit);
        _ = forged.ContinueWith(task => task.Exception, TaskScheduler.Default);
    }

    [Fact]
    public async Task A_client_that_speaks_in_its_own_name_is_served_whatever_the_size_of_its_messages()
    {
        await using var client = await ForgingClient.StartAsync(silo.GatewayPort);
        RequestContext.Set(CallToken.ContextKey, silo.TokenOf(TomRole.Admin));
        try
        {
            var names = await client.Grains.TargetDirectory().ResolveAsync([.. Enumerable.Range(0, 10_000).Select(i => $"a name that nobody has {i}")]);

            Assert.Equal(10_000, names.Length);
        }
        finally
        {
            RequestContext.Clear();
        }
    }
}
