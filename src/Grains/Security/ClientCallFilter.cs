using System.Collections.Concurrent;
using System.Reflection;
using TomOrleans.Security;

namespace TomOrleans.Grains.Security;

/// <summary>
/// Admits clients only to grain methods that carry <see cref="AllowRoleAttribute"/>, and only with a token of at least that role. Calls between grains pass, and so do those that a silo
/// itself makes outside any grain (stream consumers, sweepers, and its HTTP side, which has its own doors): they come from the client that Orleans hosts in each silo. Whoever guesses tokens is not listened to
/// for a while, as over HTTP.
/// </summary>
public sealed class ClientCallFilter(TokenRoles tokens, FailedLogins failed, ClientSources sources) : IIncomingGrainCallFilter
{
    /// <summary>Key of the caller's name in Orleans' RequestContext, set here for those who record who did what.</summary>
    public const string CallerKey = "tom.caller";

    private static readonly ConcurrentDictionary<MethodInfo, TomRole?> Allowed = new();

    public Task Invoke(IIncomingGrainCallContext context) =>

        // A message without a sender is nobody's: treated like a client's.
        context.SourceId is { } source && (!source.IsClient() || IsHosted(source)) ? context.Invoke() : InvokeForClientAsync(context);

    private async Task InvokeForClientAsync(IIncomingGrainCallContext context)
    {
        if (!IsOurs(context.InterfaceMethod))
        {
            if (context.Grain is IGrainBase || context.Grain is Grain)
            {
                await CheckAsync(AlertSubscription.Is(context) ? TomRole.Reader : TomRole.Silo, context);
            }

            await context.Invoke();
            return;
        }

        var holder = await CheckAsync(Allowed.GetOrAdd(context.InterfaceMethod, RoleOf) ?? TomRole.Silo, context);
        RequestContext.Set(CallerKey, holder.Name);
        await context.Invoke();
    }

    private async ValueTask<TokenHolder> CheckAsync(TomRole needed, IIncomingGrainCallContext context)
    {
        var source = sources.Of(context.SourceId);
        if (failed.BlockedFor(source) is { } left)
        {
            throw new TomException(TomFault.Unauthenticated, $"Too many calls with tokens that are not known came from your address; try again in {Math.Ceiling(left.TotalSeconds):0} s.");
        }

        var token = RequestContext.Get(CallToken.ContextKey) as string;
        var holder = token is { Length: > 0 and < 256 } ? await tokens.FindAsync(token) : null;
        if (holder is null)
        {
            if (token is { Length: > 0 })
            {
                failed.Add(source);
            }

            throw new TomException(TomFault.Unauthenticated, "No valid token came with the call. Give one with --token or TOM_TOKEN, or make one with: token add --role reader");
        }

        return holder.Role >= needed
            ? holder
            : throw new TomException(TomFault.Forbidden, needed == TomRole.Silo
                ? $"{context.InterfaceMethod.DeclaringType!.Name}.{context.InterfaceMethod.Name} is not open to clients."
                : $"The token '{holder.Name}' has the role {Lower(holder.Role)}; this needs {Lower(needed)}.");
    }

    /// <summary>Orleans names the client of a silo "hosted-" and the silo's address; clients of the gateway get a random name.</summary>
    private static bool IsHosted(GrainId client) => client.Key.AsSpan().StartsWith("hosted-"u8);

    private static bool IsOurs(MethodInfo method) => method.DeclaringType?.Namespace?.StartsWith(nameof(TomOrleans), StringComparison.Ordinal) == true;

    private static TomRole? RoleOf(MethodInfo method) => method.GetCustomAttribute<AllowRoleAttribute>()?.Role;

    private static string Lower(TomRole role) => role.ToString().ToLowerInvariant();
}
