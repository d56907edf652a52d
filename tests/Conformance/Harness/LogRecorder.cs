using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Pipeline.Conformance.Tests.Harness;

/// <summary>Keeps every log line of every category and level.</summary>
public sealed class LogRecorder : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IEnumerable<string> Lines => _lines;

    /// <summary>Called with each line as it is written, by whoever writes it.</summary>
    public Action<string> Written { get; set; } = _ => { };

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(LogRecorder recorder, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var line = $"{logLevel} {category}: {formatter(state, exception)} {exception}";
            recorder._lines.Enqueue(line);
            recorder.Written(line);
        }
    }
}
