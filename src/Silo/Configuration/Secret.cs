namespace TomOrleans.Silo.Configuration;

/// <summary>A value that no text, log line or document shows: it has to be asked for by <see cref="Reveal"/>.</summary>
public sealed class Secret(string value)
{
    public string Reveal() => value;

    public override string ToString() => "(set)";
}
