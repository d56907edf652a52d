using System.Diagnostics;
using Npgsql;
using Pipeline.Contracts;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.Planning;
using Pipeline.Gatekeeper.Storage;
using Pipeline.Hosting.Announcements;
using Pipeline.Hosting.Storage;

namespace Pipeline.Gatekeeper.Parking;

/// <summary>What came of a page of stored versions.</summary>
/// <param name="Announcements">What is to be said after the commit.</param>
/// <param name="Moved">How many versions left their place.</param>
public sealed record Reconsidered(IReadOnlyList<Announcement> Announcements, int Moved)
{
    public static readonly Reconsidered Nothing = new([], 0);

    public static Reconsidered operator +(Reconsidered first, Reconsidered second) => new([.. first.Announcements, .. second.Announcements], first.Moved + second.Moved);
}

/// <summary>
/// Decides anew on stored versions within the caller's transaction. Each child's story goes on in a new trace, linked to the one in
/// which it got where it is. If the program fails on a page, its halves are tried, down to the one row that it cannot bear; that one
/// is given up, and the others are not.
/// </summary>
public sealed class Reconsideration(PlanWriter writer)
{
    private const string Savepoint = "page";

    public async Task<Reconsidered> DecideAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<StoredVersion> rows, bool expiring, string trigger, CancellationToken cancellation)
    {
        if (rows.Count == 0) return Reconsidered.Nothing;
        await transaction.SaveAsync(Savepoint, cancellation);
        try
        {
            return await DecideOnceAsync(connection, transaction, rows, expiring, trigger, null, cancellation);
        }
        catch (Exception exception) when (!Transient.Is(exception) && !cancellation.IsCancellationRequested)
        {
            await transaction.RollbackAsync(Savepoint, cancellation);
            if (rows.Count == 1)
            {
                var failed = new Decision.Refuse(new Refusal(Reason.HandlerFailed, $"{exception.GetType().Name}: {exception.Message.TrimEnd('.')} (when it was to be let in)."));
                return await DecideOnceAsync(connection, transaction, rows, expiring, trigger, failed, cancellation);
            }

            var half = rows.Count / 2;
            var first = await DecideAsync(connection, transaction, [.. rows.Take(half)], expiring, trigger, cancellation);
            return first + await DecideAsync(connection, transaction, [.. rows.Skip(half)], expiring, trigger, cancellation);
        }
    }

    /// <param name="forced">The decision where it is not the gate's.</param>
    private async Task<Reconsidered> DecideOnceAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<StoredVersion> rows, bool expiring, string trigger, Decision? forced, CancellationToken cancellation)
    {
        var spans = new List<Activity>();
        try
        {
            var told = rows.Select(row => Tell(row, trigger, spans)).ToList();
            var knowledge = await KnowledgeReader.ReadAsync(connection, transaction, [.. told.Select(row => row.Child)], [], expiring, cancellation);
            var plan = new Plan(knowledge);
            var changes = told.Select(row => plan.Reconsider(row, forced)).ToList();
            var announcement = await writer.WriteAsync(connection, transaction, plan, cancellation);
            for (var index = 0; index < spans.Count; index++) Finish(spans[index], told[index], changes[index], knowledge.Clock);
            Measure(plan, told, changes, knowledge.Clock);
            return new(announcement is null ? [] : [announcement], changes.Count(change => change.Outcome != Outcome.Unchanged));
        }
        finally
        {
            foreach (var span in spans) span.Dispose();
        }
    }

    private static void Measure(Plan plan, List<StoredVersion> rows, List<Change> changes, ExpiryClock clock)
    {
        foreach (var (row, change) in rows.Zip(changes))
            if (change.Outcome == Outcome.Accepted && row.Since is { } since) Telemetry.WaitedSeconds.Record((clock.Now - since.ParkedAt).TotalSeconds);
        Telemetry.Accepted.Add(plan.Said.OfType<Said.Accepted>().Count());
        foreach (var reason in plan.Said.OfType<Said.Dead>().Select(said => said.Version.Refusal.Reason.Code))
            Telemetry.DeadLettered.Add(1, new KeyValuePair<string, object?>("reason", reason));
    }

    /// <summary>Starts the new trace and gives it to the child, so that what is said of it belongs there.</summary>
    private static StoredVersion Tell(StoredVersion row, string trigger, List<Activity> spans)
    {
        var links = ActivityContext.TryParse(row.Child.TraceParent, null, isRemote: true, out var parked) ? new[] { new ActivityLink(parked) } : null;
        var current = Activity.Current;
        Activity.Current = null; // a root: a release belongs to no trace but its own
        var span = Telemetry.Activities.StartActivity(
            trigger == "deadline" ? "expire child" : row.Since is null ? "reconsider child" : "release child", ActivityKind.Consumer, default(ActivityContext), links: links);
        Activity.Current = current;
        if (span is null) return row;
        spans.Add(span.SetTag("pipeline.trigger", trigger));
        return row with { Child = row.Child with { TraceParent = span.Id } };
    }

    private static void Finish(Activity span, StoredVersion row, Change change, ExpiryClock clock) => span
        .SetTag("pipeline.outcome", change.Outcome.ToString().ToLowerInvariant())
        .SetTag("pipeline.source", row.Child.Source)
        .SetTag("pipeline.object_type", row.Child.ObjectType)
        .SetTag("pipeline.native_id", row.Child.NativeId)
        .SetTag("pipeline.waited_ms", row.Since is { } since ? (long)(clock.Now - since.ParkedAt).TotalMilliseconds : null);
}
