namespace TomOrleans.Alerts;

/// <summary>
/// What the configuration says to a handler beyond the keys that every handler has. A service of the silo, injected into handler grains; the same while the process runs.
/// </summary>
public interface IHandlerOptions
{
    /// <summary>
    /// The handler's own keys as written in TOPIC_HANDLERS, case and all, each with its value as text (<c>5</c>, <c>true</c>, <c>r</c>). Empty where it has none.
    /// </summary>
    IReadOnlyDictionary<string, string> Of(HandlerKey handler);
}
