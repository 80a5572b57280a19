using System.Diagnostics.CodeAnalysis;

/// <summary>Its name and place are the runtime's rule for start-up hooks. To be loaded is all it has to do.</summary>
[SuppressMessage("Design", "CA1050", Justification = "The runtime looks for it outside of any namespace.")]
internal static class StartupHook
{
    public static void Initialize()
    {
    }
}
