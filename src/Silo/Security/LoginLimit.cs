using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace TomOrleans.Silo.Security;

/// <summary>Counts logins that failed, by the address they came from: after ten in a minute it is not listened to until the minute is over.</summary>
public sealed class FailedLogins(TimeProvider time)
{
    public const int Limit = 10;
    private const int MostAddresses = 10_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<IPAddress, (int Count, long Since)> _failed = new();

    public void Add(IPAddress? address)
    {
        if (_failed.Count >= MostAddresses)
        {
            // An attacker with so many addresses is not stopped by counting; what matters is that the memory is bounded.
            _failed.Clear();
        }

        _failed.AddOrUpdate(Network(address), _ => (1, time.GetTimestamp()), (_, seen) => IsOver(seen.Since) ? (1, time.GetTimestamp()) : (seen.Count + 1, seen.Since));
    }

    /// <summary>How long the address is not listened to; null where it is.</summary>
    public TimeSpan? BlockedFor(IPAddress? address) =>
        _failed.TryGetValue(Network(address), out var seen) && seen.Count >= Limit && !IsOver(seen.Since) ? Window - time.GetElapsedTime(seen.Since) : null;

    private bool IsOver(long since) => time.GetElapsedTime(since) >= Window;

    /// <summary>Of IPv6 the network: each host there has as many addresses as it likes.</summary>
    private static IPAddress Network(IPAddress? address)
    {
        var plain = address switch
        {
            null => IPAddress.None,
            { IsIPv4MappedToIPv6: true } => address.MapToIPv4(),
            _ => address,
        };
        if (plain.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return plain;
        }

        var bytes = plain.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new(bytes);
    }
}

/// <summary>Refuses requests that carry a login, from an address with too many failed ones.</summary>
public static class LoginLimit
{
    public static IApplicationBuilder UseLoginLimit(this IApplicationBuilder app)
    {
        var failed = app.ApplicationServices.GetRequiredService<FailedLogins>();
        return app.Use(async (context, next) =>
        {
            if (CarriesLogin(context.Request) && failed.BlockedFor(context.Connection.RemoteIpAddress) is { } left)
            {
                context.Response.Headers.RetryAfter = Math.Ceiling(left.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
                await TypedResults.Problem($"Too many logins failed from your address; try again in {Math.Ceiling(left.TotalSeconds):0} s.", statusCode: StatusCodes.Status429TooManyRequests, title: "Too many failed logins").ExecuteAsync(context);
                return;
            }

            await next(context);
        });
    }

    private static bool CarriesLogin(HttpRequest request) =>
        request.Headers.Authorization.Count > 0 || request.Path.StartsWithSegments("/api/token-auth")
        || (request.Path.StartsWithSegments("/signin") && (HttpMethods.IsPost(request.Method) || request.Query.ContainsKey("code")));
}
