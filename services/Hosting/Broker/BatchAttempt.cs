using Microsoft.Extensions.Logging;
using Pipeline.Contracts;
using Pipeline.Hosting.Storage;

namespace Pipeline.Hosting.Broker;

/// <summary>
/// Brings a batch to its end. While the surroundings fail it waits and tries again. If the handler fails on the whole, the
/// halves are tried, down to the single message that it cannot bear; that one is tried a few times and then put among the dead.
/// Its neighbours never suffer for it, and what has been decided is not decided twice.
/// </summary>
internal sealed partial class BatchAttempt(string queue, IHandleBatches handler, int attempts, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <param name="isOver">Whether there is no use in trying on: the channel is gone, and the broker hands the batch out again.</param>
    public async Task DecideAsync(IReadOnlyList<Delivery> batch, Func<bool> isOver, CancellationToken cancellation)
    {
        try
        {
            await PatientlyAsync(() => handler.HandleAsync(batch, cancellation), batch.Count, isOver, cancellation);
        }
        catch (Exception exception) when (IsOfTheMessage(exception, cancellation))
        {
            if (batch.Count == 1)
            {
                await AloneAsync(batch[0], exception, isOver, cancellation);
                return;
            }

            Halved(queue, batch.Count, exception);
            var half = batch.Count / 2;
            await DecideAsync([.. batch.Take(half)], isOver, cancellation);
            await DecideAsync([.. batch.Skip(half)], isOver, cancellation);
        }
    }

    private async Task AloneAsync(Delivery delivery, Exception first, Func<bool> isOver, CancellationToken cancellation)
    {
        var failure = first;
        for (var attempt = 2; attempt <= attempts; attempt++)
        {
            try
            {
                await PatientlyAsync(() => handler.HandleAsync([delivery], cancellation), 1, isOver, cancellation);
                return;
            }
            catch (Exception exception) when (IsOfTheMessage(exception, cancellation))
            {
                failure = exception;
            }
        }

        Buried(queue, delivery.MessageId, attempts, failure);
        var refusal = new Refusal(Reason.HandlerFailed, $"{failure.GetType().Name}: {failure.Message.TrimEnd('.')} (after {attempts} attempts).");
        await PatientlyAsync(() => handler.BuryAsync(delivery, refusal, cancellation), 1, isOver, cancellation);
    }

    private async Task PatientlyAsync(Func<Task> work, int count, Func<bool> isOver, CancellationToken cancellation)
    {
        for (var wait = ShortestWait; ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            try
            {
                await work();
                return;
            }
            catch (Exception exception) when (Transient.Is(exception) && !cancellation.IsCancellationRequested && !isOver())
            {
                if (exception is not WriteConflictException) Waiting(queue, count, wait.TotalSeconds, exception.Message);
                await Task.Delay(wait, time, cancellation);
            }
        }
    }

    private static bool IsOfTheMessage(Exception exception, CancellationToken cancellation) =>
        !Transient.Is(exception) && !(exception is OperationCanceledException && cancellation.IsCancellationRequested);

    [LoggerMessage(1102, LogLevel.Warning, "{Queue}: a batch of {Count} waits {Seconds} s for its surroundings: {Why}")]
    private partial void Waiting(string queue, int count, double seconds, string why);

    [LoggerMessage(1103, LogLevel.Warning, "{Queue}: the handler failed on a batch of {Count}; its halves are tried")]
    private partial void Halved(string queue, int count, Exception exception);

    [LoggerMessage(1104, LogLevel.Error, "{Queue}: message {MessageId} is put among the dead after {Attempts} attempts")]
    private partial void Buried(string queue, string? messageId, int attempts, Exception exception);
}
