namespace TomOrleans.Client.Input;

/// <summary>Where a share goes: <c>DEST</c> or <c>DEST:TOPIC</c>.</summary>
internal readonly record struct DestinationInput(string Destination, string? Topic)
{
    public static bool TryParse(string text, out DestinationInput destination)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        destination = colon < 0 ? new(text.Trim(), null) : new(text[..colon].Trim(), text[(colon + 1)..].Trim());
        return destination.Destination.Length > 0 && destination.Topic is not "";
    }
}
