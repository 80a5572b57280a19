using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace TomOrleans.Client.Connection;

/// <summary>The gateways of one cluster as a person writes them, commas between: <c>one:30000,two:30000</c>. One that answers is enough.</summary>
internal sealed record Gateways(ImmutableArray<GatewayAddress> Addresses)
{
    public static readonly Gateways Default = new([GatewayAddress.Default]);

    /// <summary>True where all can only be processes of this machine.</summary>
    public bool AreLoopback => Addresses.All(address => address.IsLoopback);

    public static bool TryParse(string text, [NotNullWhen(true)] out Gateways? gateways)
    {
        gateways = null;
        var addresses = ImmutableArray.CreateBuilder<GatewayAddress>();
        foreach (var part in text.Split(','))
        {
            if (!GatewayAddress.TryParse(part, out var address))
            {
                return false;
            }

            addresses.Add(address);
        }

        gateways = new(addresses.DrainToImmutable());
        return true;
    }

    /// <summary>Those whose host is known. Throws <see cref="RefusedException"/> where none is.</summary>
    public async Task<IReadOnlyList<IPEndPoint>> ResolveAsync(CancellationToken cancellationToken)
    {
        var found = new List<IPEndPoint>();
        RefusedException? unknown = null;
        foreach (var address in Addresses)
        {
            try
            {
                found.Add(await address.ResolveAsync(cancellationToken));
            }
            catch (RefusedException failure)
            {
                unknown = failure;
            }
        }

        return found.Count > 0 ? found : throw unknown!;
    }

    public override string ToString() => string.Join(" or ", Addresses);
}
