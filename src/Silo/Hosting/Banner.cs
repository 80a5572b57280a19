using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using TomOrleans.Silo.Configuration;
using TomOrleans.Silo.Security;

namespace TomOrleans.Silo.Hosting;

/// <summary>What a person sees when the silo is ready: where it is, and what to try.</summary>
public static class Banner
{
    public static void Print(WebApplication app, TomConfiguration configuration, string tokenFile, SandboxServices? sandbox)
    {
        var web = WebAddress(app, configuration.Http);
        var gateway = new IPEndPoint(configuration.Cluster.AdvertisedAddress, configuration.Cluster.GatewayPort);
        Console.WriteLine();
        Console.WriteLine($"Ready: {configuration.TomName}, TomOrleans {Version}");
        Console.WriteLine($"  web page      {(configuration.IsSandbox ? web : $"{web}/signin?code={app.Services.GetRequiredService<SignInLinks>().Issue()}  (works once, within an hour)")}");
        Console.WriteLine($"  silo          {configuration.Cluster.Name}{(configuration.Cluster.Kind == ClusterKind.PostgreSql ? $", of cluster {configuration.Cluster.ClusterId}" : "")}");
        Console.WriteLine($"  gateway       {gateway}");
        Console.WriteLine($"  admin token   in {tokenFile}");
        if (sandbox is not null)
        {
            Console.WriteLine($"  sandbox       embedded Kafka at {sandbox.KafkaAddress}, stand-in Hermes at {sandbox.HermesUrl}, simulated sky: nothing here is real");
        }

        var other = gateway.Equals(DefaultGateway) ? "" : $" --gateway {gateway}";
        var target = sandbox?.ExampleTarget ?? "NAME";
        var destination = configuration.Destinations is [var first, ..] ? $"{first.Name}:{(first.UserTopics is [var topic, ..] ? topic : "TOPIC")}" : "DESTINATION";
        Console.WriteLine("Try in another terminal:");
        Console.WriteLine($"  dotnet run -c Release --project src/Client -- status{other}");
        Console.WriteLine($"  dotnet run -c Release --project src/Client -- plot \"{target}\"{other}");
        Console.WriteLine($"  dotnet run -c Release --project src/Client -- share \"{target}\" --to {destination} --wait{other}");
        Console.WriteLine("Ctrl-C stops it.");
        Console.WriteLine();
    }

    /// <summary>Where it listens on all addresses, one by which it is reached.</summary>
    private static string WebAddress(WebApplication app, HttpSettings http)
    {
        var address = new UriBuilder(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        if (http.Address.Equals(IPAddress.Any) || http.Address.Equals(IPAddress.IPv6Any))
        {
            address.Host = http.Hosts is [var name, ..] ? name : "localhost";
        }

        return address.Uri.GetLeftPart(UriPartial.Authority);
    }

    private static readonly IPEndPoint DefaultGateway = new(IPAddress.Loopback, 30000);

    /// <summary>Of the software, as <c>tom status</c> shows it.</summary>
    public static string Version => typeof(Banner).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";
}
