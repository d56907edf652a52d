using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Pipeline.Cli.Office;

namespace Pipeline.Cli.Commands;

/// <summary>Says how far long work is: on standard error, and only to a person.</summary>
internal static class Progress
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>While an answer is waited for.</summary>
    /// <param name="said">What to say of the progress; null where there is nothing to say yet.</param>
    public static async Task<OfficeAnswer> WhileAsync<T>(
        Terminal terminal, OfficeClient office, Task<OfficeAnswer> awaited, string path, JsonTypeInfo<T> type, Func<T, string?> said, CancellationToken cancellation)
    {
        if (!terminal.IsLive) return await awaited;
        while (await Task.WhenAny(awaited, Task.Delay(Interval, terminal.Time, cancellation)) != awaited)
            if ((await office.AskAsync(path, cancellation)).Body is { } body && said(JsonSerializer.Deserialize(body, type)!) is { } line)
                await terminal.Error.WriteAsync($"\r{line}   ");
        await terminal.Error.WriteAsync("\r\u001b[K");
        return await awaited;
    }

    /// <summary>Until what goes on in the pipeline has ended.</summary>
    /// <returns>The last answer.</returns>
    public static async Task<OfficeAnswer> UntilAsync<T>(
        Terminal terminal, OfficeClient office, string path, JsonTypeInfo<T> type, Func<T, bool> hasEnded, Func<T, string> said, CancellationToken cancellation)
    {
        while (true)
        {
            var answer = await office.AskAsync(path, cancellation);
            if (answer.Body is not { } body || JsonSerializer.Deserialize(body, type) is not { } report) return answer;
            if (terminal.IsLive) await terminal.Error.WriteAsync(hasEnded(report) ? "\r\u001b[K" : $"\r{said(report)}   ");
            if (hasEnded(report)) return answer;
            await Task.Delay(Interval, terminal.Time, cancellation);
        }
    }
}
