namespace TomOrleans.Client;

/// <summary>The console's own refusal: one line for a person, shown on standard error with exit code 1.</summary>
internal sealed class RefusedException : Exception
{
    public RefusedException(string message) : base(message)
    {
    }

    public RefusedException(string message, Exception inner) : base(message, inner)
    {
    }
}
