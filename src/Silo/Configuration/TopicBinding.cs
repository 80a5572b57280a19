using System.Collections.Immutable;

namespace TomOrleans.Silo.Configuration;

/// <summary>An entry of TOPIC_HANDLERS.</summary>
/// <param name="TopicKey">The name of a topic, or a pattern in which each <c>*</c> stands for any text, none too.</param>
/// <param name="Handlers">At least one; their IDs differ.</param>
public sealed record TopicBinding(string TopicKey, ImmutableArray<HandlerConfiguration> Handlers);
