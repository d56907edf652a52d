using Microsoft.Extensions.Logging;
using Pipeline.Contracts;
using Pipeline.Hosting.Storage;

namespace Pipeline.Hosting.Broker;

/// <summary>
/// Brings a batch to its end. While the surroundings fail it waits and tries again. If the handler fails on the whole, its
/// parts are tried, down to the single message that it cannot bear; that one is tried a few times in all and then put among the dead.
/// Its neighbours never suffer for it, and what has been decided is not decided twice.
/// </summary>
internal sealed partial class BatchAttempt(string queue, IHandleBatches handler, int attempts, Suspects suspects, StandStills standStills, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    /// <summary>How long nothing is done before a message is tried alone, and blamed for what happens then (decision 14).</summary>
    internal static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    /// <param name="isOver">Whether there is no use in trying on: the channel is gone, and the broker hands the batch out again.</param>
    public Task DecideAsync(IReadOnlyList<Delivery> batch, Func<bool> isOver, CancellationToken cancellation) => DecideAsync(batch, 1, isOver, cancellation);

    /// <summary>Decides deliveries that may have killed the process before. It may die here again; then the notes stay, and the next one knows more.</summary>
    /// <param name="acknowledge">Called with each group that has its place, before its note is struck off: what was found out must not come again unnoted.</param>
    /// <param name="isOver">As above.</param>
    public async Task DecideSuspectsAsync(IReadOnlyList<Delivery> batch, Func<IReadOnlyList<Delivery>, Task> acknowledge, Func<bool> isOver, CancellationToken cancellation)
    {
        IReadOnlyDictionary<Guid, int> noted = new Dictionary<Guid, int>();
        await PatientlyAsync(async () => noted = await suspects.NotedAsync(batch, cancellation), batch.Count, isOver, cancellation);
        foreach (var group in Suspects.Groups(batch, noted))
        {
            if (group.IsGivenUp && !handler.IsLastPlace) // a dead letter has no further place to go
            {
                Suspected(queue, group.Deliveries[0].MessageId, group.Noted + 1);
                var refusal = new Refusal(Reason.DeliveryLimitReached, $"The process ended each of the {group.Noted + 1} times that it was tried, the last time alone.");
                await BuryAsync(group.Deliveries[0], refusal, isOver, cancellation);
                await acknowledge(group.Deliveries);
            }
            else
            {
                if (group.IsTriedAlone) await Task.Delay(Quiet, time, cancellation);
                await PatientlyAsync(() => suspects.NoteAsync(group, cancellation), group.Deliveries.Count, isOver, cancellation);
                try
                {
                    await DecideAsync(group.Deliveries, isOver, cancellation);
                    await acknowledge(group.Deliveries);
                }
                catch
                {
                    await AcquitAsync(group);
                    throw;
                }
            }

            await PatientlyAsync(() => suspects.ForgetAsync(group, cancellation), group.Deliveries.Count, isOver, cancellation);
        }
    }

    /// <summary>The process lives, so none of these has killed it: it was the channel, the broker or a stop that ended this. Else a broker that dies again and again would make them guilty.</summary>
    private async Task AcquitAsync(SuspectGroup group)
    {
        try
        {
            await suspects.ForgetAsync(group, CancellationToken.None);
        }
        catch (Exception exception) when (Transient.Is(exception))
        {
            // The note stays; it takes four to be believed.
        }
    }

    /// <param name="attempt">The how-manieth time it is that these messages are tried.</param>
    /// <returns>Whether the handler bore all of them at once.</returns>
    private async Task<bool> DecideAsync(IReadOnlyList<Delivery> batch, int attempt, Func<bool> isOver, CancellationToken cancellation)
    {
        var isBorne = true;
        for (var left = batch; left.Count > 0;)
        {
            (left, var borne) = await DecideOnceAsync(left, attempt, isOver, cancellation);
            isBorne &= borne;
        }

        return isBorne;
    }

    /// <returns>What the handler left for later, and whether it bore the others at once.</returns>
    private async Task<(IReadOnlyList<Delivery> Left, bool IsBorne)> DecideOnceAsync(IReadOnlyList<Delivery> batch, int attempt, Func<bool> isOver, CancellationToken cancellation)
    {
        CrashPoint.Reach(batch);
        try
        {
            IReadOnlyList<Delivery> left = [];
            await PatientlyAsync(async () => left = await handler.HandleAsync(batch, cancellation), batch.Count, isOver, cancellation);
            return (left, true);
        }
        catch (Exception exception) when (IsOfTheMessage(exception, cancellation))
        {
            if (batch.Count > 1)
            {
                Divided(queue, batch.Count, exception);
                await DivideAsync(batch, attempt + 1, isOver, cancellation);
            }
            else if (attempt < attempts)
            {
                await DecideAsync(batch, attempt + 1, isOver, cancellation);
            }
            else
            {
                Buried(queue, batch[0].MessageId, attempt, exception);
                await BuryAsync(batch[0], new Refusal(Reason.HandlerFailed, $"{exception.GetType().Name}: {exception.Message.TrimEnd('.')} (after {attempt} attempts)."), isOver, cancellation);
            }

            return ([], false);
        }
    }

    /// <summary>
    /// Tries the parts of a batch that failed, down to the one message. Once a part has failed, the parts after it go together:
    /// most likely the one was in it, and each part costs a transaction.
    /// </summary>
    private async Task DivideAsync(IReadOnlyList<Delivery> batch, int attempt, Func<bool> isOver, CancellationToken cancellation)
    {
        var isLast = attempt >= attempts;
        var parts = batch.Chunk(PartOf(batch.Count, attempts - attempt + 1)).ToList();
        for (var at = 0; at < parts.Count; at++)
        {
            if (await DecideAsync(parts[at], attempt, isOver, cancellation) || isLast || at + 1 == parts.Count) continue;
            await DecideAsync([.. parts.Skip(at + 1).SelectMany(part => part)], attempt, isOver, cancellation);
            return;
        }
    }

    /// <summary>How many messages are tried together so that, divided so again and again, each stands alone at the last try: a thousand, 167, 28, 5, 1.</summary>
    /// <param name="tries">That are left, this one included.</param>
    internal static int PartOf(int count, int tries) =>
        tries <= 1 ? 1 : (int)Math.Ceiling(count / Math.Ceiling(Math.Round(Math.Pow(count, 1.0 / tries), 9)));

    private async Task BuryAsync(Delivery delivery, Refusal refusal, Func<bool> isOver, CancellationToken cancellation)
    {
        try
        {
            await PatientlyAsync(() => handler.BuryAsync(delivery, refusal, cancellation), 1, isOver, cancellation);
        }
        catch (Exception exception) when (IsOfTheMessage(exception, cancellation))
        {
            // Something beside the body cannot be kept either. The body can, and a message that could not be given up would come again for ever.
            NotAsItIs(queue, exception);
            await PatientlyAsync(() => handler.BuryAsync(delivery with { MessageId = null, ContentType = null, Headers = new Dictionary<string, string>() }, refusal, cancellation), 1, isOver, cancellation);
        }
    }

    private async Task PatientlyAsync(Func<Task> work, int count, Func<bool> isOver, CancellationToken cancellation)
    {
        try
        {
            for (var wait = ShortestWait; !await TryAsync(work, count, wait, isOver, cancellation); wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
                await Task.Delay(wait, time, cancellation);
        }
        finally
        {
            standStills.GoesOn(queue, work);
        }
    }

    private async Task<bool> TryAsync(Func<Task> work, int count, TimeSpan wait, Func<bool> isOver, CancellationToken cancellation)
    {
        try
        {
            await work();
            return true;
        }
        catch (Exception exception) when (Transient.Is(exception) && !cancellation.IsCancellationRequested && !isOver())
        {
            if (exception is WriteConflictException) return false;
            Waiting(queue, count, wait.TotalSeconds, exception.Message);
            standStills.Wait(queue, work, exception.Message);
            return false;
        }
    }

    private static bool IsOfTheMessage(Exception exception, CancellationToken cancellation) =>
        !Transient.Is(exception) && !(exception is OperationCanceledException && cancellation.IsCancellationRequested);

    [LoggerMessage(1102, LogLevel.Warning, "{Queue}: a batch of {Count} waits {Seconds} s for its surroundings: {Why}")]
    private partial void Waiting(string queue, int count, double seconds, string why);

    [LoggerMessage(1103, LogLevel.Warning, "{Queue}: the handler failed on a batch of {Count}; its parts are tried")]
    private partial void Divided(string queue, int count, Exception exception);

    [LoggerMessage(1105, LogLevel.Error, "{Queue}: message {MessageId} is put among the dead: the process ended each of the {Times} times that it was tried")]
    private partial void Suspected(string queue, string? messageId, int times);

    [LoggerMessage(1106, LogLevel.Error, "{Queue}: a message could not be put among the dead as it is; it is put there without its headers")]
    private partial void NotAsItIs(string queue, Exception exception);

    [LoggerMessage(1104, LogLevel.Error, "{Queue}: message {MessageId} is put among the dead after {Attempts} attempts")]
    private partial void Buried(string queue, string? messageId, int attempts, Exception exception);
}
