using System.Text.Json;
using Pipeline.Cli.Office;
using Pipeline.Contracts;

namespace Pipeline.Cli.Commands;

/// <summary>Says how far the reading is while an advice is waited for: on standard error, and only to a person.</summary>
internal static class AdviceWait
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public static async Task<OfficeAnswer> ForAsync(Terminal terminal, OfficeClient office, Task<OfficeAnswer> advice, CancellationToken cancellation)
    {
        if (!terminal.IsLive) return await advice;
        while (await Task.WhenAny(advice, Task.Delay(Interval, terminal.Time, cancellation)) != advice)
        {
            var answer = await office.AskAsync("advice/progress", cancellation);
            if (answer.Body is { } body && JsonSerializer.Deserialize(body, PipelineJson.Report.AdviceProgress) is { Total: > 0 } progress)
                await terminal.Error.WriteAsync($"\r{progress.Stage} {progress.Read} of {progress.Total} records   ");
        }

        await terminal.Error.WriteAsync("\r\u001b[K");
        return await advice;
    }
}
