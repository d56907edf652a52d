using Microsoft.Extensions.Logging;
using Pipeline.Contracts;
using Pipeline.Hosting.Storage;

namespace Pipeline.Hosting.Broker;

/// <summary>
/// One try at a batch. If the handler fails on the whole, the halves are tried, down to the single message that it cannot
/// bear; that one is tried a few times and then put among the dead. Its neighbours never suffer for it.
/// </summary>
internal sealed partial class BatchAttempt(string queue, IHandleBatches handler, int attempts, ILogger log)
{
    public async Task DecideAsync(IReadOnlyList<Delivery> batch, CancellationToken cancellation)
    {
        try
        {
            await handler.HandleAsync(batch, cancellation);
        }
        catch (Exception exception) when (IsOfTheMessage(exception, cancellation))
        {
            if (batch.Count == 1)
            {
                await AloneAsync(batch[0], exception, cancellation);
                return;
            }

            Halved(queue, batch.Count, exception);
            var half = batch.Count / 2;
            await DecideAsync([.. batch.Take(half)], cancellation);
            await DecideAsync([.. batch.Skip(half)], cancellation);
        }
    }

    private async Task AloneAsync(Delivery delivery, Exception first, CancellationToken cancellation)
    {
        var failure = first;
        for (var attempt = 2; attempt <= attempts; attempt++)
        {
            try
            {
                await handler.HandleAsync([delivery], cancellation);
                return;
            }
            catch (Exception exception) when (IsOfTheMessage(exception, cancellation))
            {
                failure = exception;
            }
        }

        Buried(queue, delivery.MessageId, attempts, failure);
        await handler.BuryAsync(delivery, new Refusal(Reason.HandlerFailed, $"{failure.GetType().Name}: {failure.Message.TrimEnd('.')} (after {attempts} attempts)."), cancellation);
    }

    private static bool IsOfTheMessage(Exception exception, CancellationToken cancellation) =>
        !Transient.Is(exception) && !(exception is OperationCanceledException && cancellation.IsCancellationRequested);

    [LoggerMessage(1103, LogLevel.Warning, "{Queue}: the handler failed on a batch of {Count}; its halves are tried")]
    private partial void Halved(string queue, int count, Exception exception);

    [LoggerMessage(1104, LogLevel.Error, "{Queue}: message {MessageId} is put among the dead after {Attempts} attempts")]
    private partial void Buried(string queue, string? messageId, int attempts, Exception exception);
}
