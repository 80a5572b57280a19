using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace TomOrleans.Streams.Kafka.Tests;

/// <summary>Keeps what is logged.</summary>
internal sealed class KafkaLog : ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _lines = new();

    public IReadOnlyCollection<(LogLevel Level, string Text)> Lines => _lines;

    /// <summary>Called with each line, on the thread that writes it.</summary>
    public Action<string> OnLine { get; set; } = _ => { };

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            var text = formatter(state, exception);
            _lines.Enqueue((logLevel, text));
            OnLine(text);
        }
    }
}
