using Microsoft.Extensions.DependencyInjection;
using TomOrleans.Grains.Targets;
using TomOrleans.Storage.Targets;
using TomOrleans.Storage.Writing;
using TomOrleans.Targets;

namespace TomOrleans.Bench.Toms;

/// <summary>Targets with a point each, to be shared.</summary>
internal static class SharingTargets
{
    public static string Name(int i) => $"AT2026s{i:D6}";

    public static async Task FillAsync(BenchTom tom, int targets)
    {
        var (table, writer) = (tom.Services.GetRequiredService<TargetTable>(), tom.Services.GetRequiredService<GroupCommitWriter>());
        var point = new PhotometryPoint
        {
            Time = new(1_782_875_045_000_000),
            Bandpass = "g",
            Telescope = "1m0a",
            Instrument = "fa16",
            Brightness = 18.5,
            BrightnessUnit = BrightnessUnit.AbMagnitude,
            Origin = "bench",
        };
        foreach (var some in Enumerable.Range(0, targets).Chunk(500))
        {
            await Task.WhenAll(some.Select(async i =>
            {
                var (id, _) = await table.CreateAsync(new NewTarget([new(Name(i), TargetNames.Normalise(Name(i)))], i % 360, (i % 160) - 80, "bench", CreatedMicroseconds: 0));
                await writer.AppendPhotometryAsync(id, [PhotometryRows.ToRow(point)]);
            }));
        }
    }
}
