namespace TomOrleans.Streams.Kafka.Supervision;

/// <summary>One line for a person out of an exception.</summary>
internal static class Reasons
{
    public static string Of(Exception exception)
    {
        var inner = exception is AggregateException { InnerException: { } first } ? first : exception;
        var message = inner is OperationCanceledException ? "no answer in time" : inner.Message;
        var line = message.AsSpan().IndexOfAny('\r', '\n');
        return line < 0 ? message : message[..line];
    }
}
