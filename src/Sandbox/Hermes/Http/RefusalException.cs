namespace TomOrleans.Sandbox.Hermes.Http;

/// <summary>Ends the handling of a request with this answer.</summary>
internal sealed class RefusalException(Answer answer) : Exception($"answered {answer.Status}")
{
    public Answer Answer { get; } = answer;
}
