using System.Diagnostics;
using Pipeline.Connectors.Engine;
using Pipeline.Connectors.Engine.Http;
using Pipeline.Hosting;

namespace Pipeline.Connectors.Webhooks;

/// <summary>
/// Reads the kept deliveries of one system, a set at a time: what they bring is published, what they only name is asked for
/// first, each record once. A delivery ends when the broker has confirmed; a process that dies before reads it again and says
/// the same messages with the same ids.
/// </summary>
public sealed partial class DeliveryReader(
    ConfiguredSystem system, IKeepDeliveries deliveries, VendorClient client, PaceGate gate, IPublishRecords publisher, WebhookBoard board, WakeUp wakeUp, TimeProvider time, ILogger<DeliveryReader> log)
    : RepeatedWork(time, log)
{
    private const int Most = 200;

    /// <summary>After so many tries, over an hour or so, a record is left to the next pass of its feed.</summary>
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
        var (found, late) = await AskAsync(told, cancellation);
        var messages = told.Messages.Concat(found).DistinctBy(message => message.Id).ToList();
        await publisher.PublishAsync(messages, cancellation);

        var givenUp = taken.Where(delivery => late.Ids.Contains(delivery.Id) && delivery.Attempts >= Patience).Select(delivery => delivery.Id).ToHashSet();
        if (givenUp.Count > 0) GivenUp(system.Name, givenUp.Count, late.Why);
        await deliveries.EndAsync([.. taken.Where(delivery => !late.Ids.Contains(delivery.Id) || givenUp.Contains(delivery.Id)).Select(delivery => (delivery.Id, EndOf(delivery.Id)))], cancellation);
        if (late.Ids.Count > givenUp.Count) await deliveries.PostponeAsync([.. late.Ids.Except(givenUp)], late.Wait, cancellation);
        board.Published(system.Name, messages.Count - told.Unreadable.Count, told.Unreadable.Count, givenUp.Count);
        return taken.Count == Most;

        DeliveryEnd EndOf(Guid id) => givenUp.Contains(id) ? DeliveryEnd.GivenUp : told.Unreadable.Contains(id) ? DeliveryEnd.Unreadable : DeliveryEnd.Read;
    }

    /// <summary>Asks for what was only named. What the system does not know any more is left; what it does not answer for is late.</summary>
    private async Task<(IReadOnlyList<RecordMessage> Found, Late Late)> AskAsync(Told told, CancellationToken cancellation)
    {
        var found = new List<RecordMessage>();
        var late = new Late();
        foreach (var (name, named) in told.Asked)
        {
            var feed = system.System.Feed(name);
            var lookup = feed.ById ?? throw new InvalidOperationException($"{system.Name} {name}: a notice names a record, and the feed has no way to ask for one.");
            foreach (var ids in named.Keys.Chunk(lookup.Most))
            {
                if (gate.TakeTurn() is { IsNow: false } turn) late.Add(ids.SelectMany(id => named[id]), turn.Wait, turn.Spread ? "little is left of the system's limit" : "the system asks to wait");
                else await AskAsync(feed, lookup, ids, () => ids.SelectMany(id => named[id]), found, late, cancellation);
            }
        }

        return (found, late);
    }

    private async Task AskAsync(Feed feed, Lookup lookup, string[] ids, Func<IEnumerable<Guid>> namedBy, List<RecordMessage> found, Late late, CancellationToken cancellation)
    {
        switch (await client.SendAsync(lookup.Ask(ids), cancellation))
        {
            case Outcome.Answered answered when Records(lookup, answered) is { } records:
                found.AddRange(records.Select(record => RecordMessages.Of(system.Name, feed, record)));
                break;
            case Outcome.Answered:
                late.Add(namedBy(), Backoff.After(6, Random.Shared.NextDouble()), $"{feed.Name}: the answer has a shape that the connector does not know");
                break;
            case Outcome.Failed { Status: StatusCodes.Status404NotFound or StatusCodes.Status410Gone }:
                break;
            case Outcome.OverLimit(var wait):
                gate.Close(wait);
                late.Add(namedBy(), wait, "the system asks to wait");
                break;
            case Outcome.Failed failed:
                late.Add(namedBy(), Backoff.After(6, Random.Shared.NextDouble()), failed.Why);
                break;
        }
    }

    private static IReadOnlyList<System.Text.Json.JsonElement>? Records(Lookup lookup, Outcome.Answered answered)
    {
        try
        {
            return lookup.Records(answered.Body);
        }
        catch (Exception exception) when (exception is UnknownShapeException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>As many as the SDK keeps.</summary>
    private static IEnumerable<ActivityLink> Links(IReadOnlyList<KeptDelivery> taken)
    {
        foreach (var delivery in taken.Take(128))
            if (ActivityContext.TryParse(delivery.TraceParent, null, out var context)) yield return new ActivityLink(context);
    }

    /// <summary>Deliveries that have to be read again, and after which wait.</summary>
    private sealed class Late
    {
        public HashSet<Guid> Ids { get; } = [];

        public TimeSpan Wait { get; private set; }

        public string Why { get; private set; } = "";

        public void Add(IEnumerable<Guid> ids, TimeSpan wait, string why)
        {
            Ids.UnionWith(ids);
            if (wait > Wait) (Wait, Why) = (wait, why);
        }
    }

    [LoggerMessage(3101, LogLevel.Warning, "{System}: {Count} deliveries of the webhook named records that could not be asked for; the next pass of their feeds brings them: {Why}")]
    private partial void GivenUp(string system, int count, string why);
}
