using TomOrleans.Storage.Sharing.Continuous;
using TomOrleans.Storage.Spectra;
using TomOrleans.Storage.Targets;

namespace TomOrleans.Storage.Tests.Sharing.Continuous;

/// <summary>Targets, and standing orders for them.</summary>
public abstract class ContinuousTest(ITestDatabase test) : DatabaseTest(test)
{
    protected ContinuousTable Table => new(Database, Writer);

    protected static SpectrumRow Spectrum(long identity) => new()
    {
        Identity = identity,
        Content = 1,
        TimeMicroseconds = 5,
        TimeForm = 0,
        Origin = "us",
        Length = 1,
        Wavelength = [1],
        Flux = [2],
    };

    protected async Task<(ContinuousWaiting Waiting, IReadOnlyList<ContinuousItem> Items)> WaitingAsync()
    {
        var waiting = Assert.Single(await Table.WaitingAsync());
        return (waiting, await Table.ItemsAsync(waiting, 100));
    }

    protected async Task<long> OrderAsync(long target, string destination = "hermes", string? topic = "hermes.test")
    {
        var added = await Table.AddAsync(new(target, destination, topic, "anna", 7), existing: false);
        return added.Row.Id;
    }

    protected async Task<long> CreateAsync(string name) => (await new TargetTable(Database, Writer).CreateAsync(Rows.Target(name))).Id;
}
