using TomOrleans.Alerts;

namespace TomOrleans.Grains.Security;

/// <summary>
/// Which of Orleans' own calls a client makes to subscribe itself to a stream of <see cref="AlertStreams"/>, and to end that. All other streams stay closed to clients, and so do
/// publishing and what concerns other subscribers. The interface is Orleans' own and internal, so it is known by its name; were that to change, clients would be refused.
/// </summary>
internal static class AlertSubscription
{
    private const string Rendezvous = "Orleans.Streams.IPubSubRendezvousGrain";
    private const string Prefix = $"{AlertStreams.Provider}/";

    public static bool Is(IIncomingGrainCallContext context) =>
        context.InterfaceMethod.DeclaringType?.FullName == Rendezvous && context.TargetId.Key.ToString()?.StartsWith(Prefix, StringComparison.Ordinal) == true
        && context.InterfaceMethod.Name switch
        {
            "RegisterConsumer" => IsCaller(context, 2),
            "GetAllSubscriptions" => IsCaller(context, 1),

            // Its id is a secret of whoever subscribed.
            "UnregisterConsumer" => true,
            _ => false,
        };

    /// <summary>The subscriber named is the caller itself, or an object of its process.</summary>
    private static bool IsCaller(IIncomingGrainCallContext context, int argument) =>
        context.Request.GetArgumentCount() > argument && context.Request.GetArgument(argument) is GrainId subscriber && context.SourceId is { } source
        && subscriber.IsClient() && ProcessOf(subscriber) == ProcessOf(source);

    private static string ProcessOf(GrainId client) => client.ToString().Split('+')[0];
}
