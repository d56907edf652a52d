using System.Diagnostics;
using Npgsql;
using Pipeline.Contracts;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.Planning;
using Pipeline.Gatekeeper.Storage;
using Pipeline.Hosting;
using Pipeline.Hosting.Announcements;
using Pipeline.Hosting.Broker;

namespace Pipeline.Gatekeeper.Intake;

/// <summary>Decides on child objects, a batch a transaction: read what is known, plan, write, commit; then say what was decided.</summary>
public sealed class ChildIntake(NpgsqlDataSource database, PlanWriter writer, AnnouncementRelay relay, ChildKinds kinds, TimeProvider time) : IHandleBatches
{
    private readonly ObjectsInHand _inHand = new();

    public async Task<IReadOnlyList<Delivery>> HandleAsync(IReadOnlyList<Delivery> batch, CancellationToken cancellation)
    {
        var arrivals = batch.Select(delivery => (Delivery: delivery, Arrival: Arrival.Of(delivery, kinds))).ToList();
        Announcement? announcement;
        ILookup<bool, (Delivery Delivery, Arrival Arrival)> byTurn;
        using (var hand = await _inHand.TakeAsync(arrivals.Select(entry => entry.Arrival.Child?.ObjectKey).OfType<Guid>().ToHashSet(), cancellation))
        {
            byTurn = arrivals.ToLookup(entry => entry.Arrival.Child is not { } child || hand.Has(child.ObjectKey));
            foreach (var (_, later) in byTurn[false]) later.Leave();
            announcement = await DecideAsync([.. byTurn[true].Select(entry => entry.Arrival)], cancellation);
        }

        if (announcement is not null) await relay.SayAsync(announcement);
        return [.. byTurn[false].Select(entry => entry.Delivery)];
    }

    public async Task BuryAsync(Delivery delivery, Refusal refusal, CancellationToken cancellation)
    {
        if (await DecideAsync([new Arrival(null, Arrival.Letter(delivery, refusal), null)], cancellation) is { } announcement) await relay.SayAsync(announcement);
    }

    /// <returns>What is to be said of it.</returns>
    private async Task<Announcement?> DecideAsync(IReadOnlyList<Arrival> arrivals, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        using var batchSpan = BatchSpan(arrivals);
        try
        {
            await using var connection = await database.OpenConnectionAsync(cancellation);
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            var children = arrivals.Select(arrival => arrival.Child).OfType<Deciding.Child>().ToList();
            var letters = arrivals.Select(arrival => arrival.Unreadable).OfType<UnreadableLetter>();
            var knowledge = await KnowledgeReader.ReadAsync(connection, transaction, children, letters.Select(letter => letter.DeadLetterId), expiring: false, cancellation);
            var plan = new Plan(knowledge);
            foreach (var arrival in arrivals) Take(plan, arrival);
            var announcement = await writer.WriteAsync(connection, transaction, plan, cancellation);
            await transaction.CommitAsync("children", cancellation);

            Measure(plan, arrivals.Count, time.GetElapsedTime(started));
            return announcement;
        }
        finally
        {
            foreach (var arrival in arrivals) arrival.Span?.Dispose();
        }
    }

    private static void Take(Plan plan, Arrival arrival)
    {
        if (arrival.Child is { } child)
        {
            var (change, decision) = plan.Arrive(child);
            arrival.Tell(change.Outcome, decision);
        }
        else
        {
            arrival.Tell(plan.ArriveUnreadable(arrival.Unreadable!), null);
        }
    }

    /// <summary>The work of the batch in a trace of its own, linked to the traces of its messages; as many links as the SDK keeps.</summary>
    private static Activity? BatchSpan(IReadOnlyList<Arrival> arrivals)
    {
        if (!Telemetry.Activities.HasListeners()) return null;
        var links = arrivals.Select(arrival => arrival.Span?.Context ?? default).Where(context => context != default).Take(128).Select(context => new ActivityLink(context));
        var span = Telemetry.Activities.StartActivity("decide batch", ActivityKind.Consumer, parentContext: default, links: links);
        return span?.SetTag("messaging.batch.message_count", arrivals.Count);
    }

    private static void Measure(Plan plan, int received, TimeSpan took)
    {
        Telemetry.DecisionSeconds.Record(took.TotalSeconds);
        Telemetry.Received.Add(received);
        Telemetry.Accepted.Add(plan.Said.OfType<Said.Accepted>().Count());
        foreach (var reason in plan.Said.OfType<Said.Dead>().Select(said => said.Version.Refusal.Reason.Code).Concat(plan.Unreadable.Select(letter => letter.Refusal.Reason.Code)))
            Telemetry.DeadLettered.Add(1, new KeyValuePair<string, object?>("reason", reason));
    }
}
