using System.Globalization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using TomOrleans.ShiftedClock;

[assembly: HostingStartup(typeof(ShiftedHosting))]

namespace TomOrleans.ShiftedClock;

/// <summary>Gives the real silo program a clock that is wrong by <see cref="Variable"/>: all of it that asks the time asks the <see cref="TimeProvider"/> of its services.</summary>
public sealed class ShiftedHosting : IHostingStartup
{
    /// <summary>By how much, such as <c>00:02:00</c> or <c>-00:02:00</c>.</summary>
    public const string Variable = "TOM_TEST_CLOCK_OFFSET";

    /// <summary>What makes the runtime load this assembly into a program that does not know it.</summary>
    public static IReadOnlyDictionary<string, string> EnvironmentFor(TimeSpan offset) => new Dictionary<string, string>
    {
        ["DOTNET_STARTUP_HOOKS"] = typeof(ShiftedHosting).Assembly.Location,
        ["ASPNETCORE_HOSTINGSTARTUPASSEMBLIES"] = typeof(ShiftedHosting).Assembly.GetName().Name!,
        [Variable] = offset.ToString("c", CultureInfo.InvariantCulture),
    };

    public void Configure(IWebHostBuilder builder)
    {
        var offset = TimeSpan.ParseExact(Environment.GetEnvironmentVariable(Variable)!, "c", CultureInfo.InvariantCulture);
        builder.ConfigureServices(services => services.AddSingleton<TimeProvider>(new ShiftedTimeProvider(offset)));
    }
}
