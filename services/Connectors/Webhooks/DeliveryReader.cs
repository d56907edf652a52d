using System.Diagnostics;
using Pipeline.Connectors.Engine;
using Pipeline.Hosting;

namespace Pipeline.Connectors.Webhooks;

/// <summary>
/// Reads the kept deliveries of one system, a set at a time: what they bring is published, what they only name is asked for
/// first, each record once. A delivery ends when the broker has confirmed; a process that dies before reads it again and says
/// the same messages with the same ids.
/// </summary>
public sealed partial class DeliveryReader(
    ConfiguredSystem system, IKeepDeliveries deliveries, NamedRecords named, IPublishRecords publisher, WebhookBoard board, WakeUp wakeUp, TimeProvider time, ILogger<DeliveryReader> log)
    : RepeatedWork(time, log)
{
    private const int Most = 200;

    /// <summary>After so many failures, over some ten minutes, a record is left to the next pass of its feed.</summary>
    private const int Patience = 20;

    /// <summary>Longer than a set takes. Another replica takes over what was held by one that died.</summary>
    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LookAround = TimeSpan.FromSeconds(1);

    protected override async Task RoundAsync(CancellationToken stopping)
    {
        while (await ReadSomeAsync(stopping))
        {
        }
    }

    protected override Task PauseAsync(CancellationToken stopping) => wakeUp.WaitAsync(LookAround, Time, stopping);

    private async Task<bool> ReadSomeAsync(CancellationToken cancellation)
    {
        var taken = await deliveries.TakeAsync(system.Name, Most, Hold, cancellation);
        if (taken.Count == 0) return false;
        using var span = Engine.Telemetry.Source.StartActivity($"read deliveries {system.Name}", ActivityKind.Internal, default(ActivityContext), links: Links(taken));
        var told = Told.By(system.Name, system.System, taken);
        var (found, late) = await named.AskAsync(told, cancellation);
        var messages = told.Messages.Concat(found).DistinctBy(message => message.Id).ToList();
        CrashPoint.Reach("before-publishing", "delivery");
        await publisher.PublishAsync(messages, cancellation);
        CrashPoint.Reach("after-publishing", "delivery");

        var givenUp = taken.Where(delivery => late.Failed.Contains(delivery.Id) && delivery.Failures + 1 >= Patience).Select(delivery => delivery.Id).ToHashSet();
        if (givenUp.Count > 0) GivenUp(system.Name, givenUp.Count, late.Why);
        await deliveries.EndAsync([.. taken.Where(delivery => !late.Ids.Contains(delivery.Id) || givenUp.Contains(delivery.Id)).Select(delivery => (delivery.Id, EndOf(delivery.Id)))], cancellation);
        await PostponeAsync(late.Ids.Except(late.Failed), failed: false);
        await PostponeAsync(late.Failed.Except(givenUp), failed: true);
        board.Published(system.Name, messages.Count - told.Unreadable.Count, told.Unreadable.Count, givenUp.Count);
        return taken.Count == Most;

        Task PostponeAsync(IEnumerable<Guid> ids, bool failed) => ids.ToArray() is { Length: > 0 } some ? deliveries.PostponeAsync(some, late.Wait, failed, cancellation) : Task.CompletedTask;

        DeliveryEnd EndOf(Guid id) => givenUp.Contains(id) ? DeliveryEnd.GivenUp : told.Unreadable.Contains(id) ? DeliveryEnd.Unreadable : DeliveryEnd.Read;
    }

    /// <summary>As many as the SDK keeps.</summary>
    private static IEnumerable<ActivityLink> Links(IReadOnlyList<KeptDelivery> taken)
    {
        foreach (var delivery in taken.Take(128))
            if (ActivityContext.TryParse(delivery.TraceParent, null, out var context)) yield return new ActivityLink(context);
    }

    [LoggerMessage(3101, LogLevel.Warning, "{System}: {Count} deliveries of the webhook named records that could not be asked for; the next pass of their feeds brings them: {Why}")]
    private partial void GivenUp(string system, int count, string why);
}
