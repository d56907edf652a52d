using System.Diagnostics;
using Npgsql;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.Planning;
using Pipeline.Gatekeeper.Storage;
using Pipeline.Hosting.Announcements;

namespace Pipeline.Gatekeeper.Parking;

/// <summary>Decides anew on parked rows within the caller's transaction. Each child's story goes on in a new trace, linked to the one in which it was parked.</summary>
public sealed class Reconsideration(PlanWriter writer)
{
    /// <returns>What is to be said after the commit, and how many rows left their place.</returns>
    public async Task<(Announcement? Announcement, int Moved)> DecideAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<ParkedRow> rows, bool expiring, string trigger, CancellationToken cancellation)
    {
        var spans = new List<Activity>();
        try
        {
            var told = rows.Select(row => Tell(row, trigger, spans)).ToList();
            var knowledge = await KnowledgeReader.ReadAsync(connection, transaction, [.. told.Select(row => row.Child)], [], expiring, cancellation);
            var plan = new Plan(knowledge);
            var moved = 0;
            for (var index = 0; index < told.Count; index++)
            {
                var change = plan.Reconsider(told[index]);
                if (change.Outcome != Outcome.Unchanged) moved++;
                if (change.Outcome == Outcome.Accepted) Telemetry.WaitedSeconds.Record((knowledge.Clock.Now - told[index].Since.ParkedAt).TotalSeconds);
                if (spans.Count > index) Finish(spans[index], told[index], change, knowledge.Clock);
            }

            foreach (var reason in plan.Said.Select(said => said.Dead?.Refusal.Reason.Code).OfType<string>())
                Telemetry.DeadLettered.Add(1, new KeyValuePair<string, object?>("reason", reason));
            Telemetry.Accepted.Add(plan.Said.Count(said => said.Accepted is not null));
            return (await writer.WriteAsync(connection, transaction, plan, cancellation), moved);
        }
        finally
        {
            foreach (var span in spans) span.Dispose();
        }
    }

    /// <summary>Starts the new trace and gives it to the child, so that what is said of it belongs there.</summary>
    private static ParkedRow Tell(ParkedRow row, string trigger, List<Activity> spans)
    {
        var links = ActivityContext.TryParse(row.Child.TraceParent, null, isRemote: true, out var parked) ? new[] { new ActivityLink(parked) } : null;
        var current = Activity.Current;
        Activity.Current = null; // a root: a release belongs to no trace but its own
        var span = Telemetry.Activities.StartActivity(
            trigger == "deadline" ? "expire child" : "release child", ActivityKind.Consumer, default(ActivityContext), links: links);
        Activity.Current = current;
        if (span is null) return row;
        spans.Add(span.SetTag("pipeline.trigger", trigger));
        return row with { Child = row.Child with { TraceParent = span.Id } };
    }

    private static void Finish(Activity span, ParkedRow row, Change change, ExpiryClock clock) => span
        .SetTag("pipeline.outcome", change.Outcome.ToString().ToLowerInvariant())
        .SetTag("pipeline.source", row.Child.Source)
        .SetTag("pipeline.object_type", row.Child.ObjectType)
        .SetTag("pipeline.native_id", row.Child.NativeId)
        .SetTag("pipeline.waited_ms", (long)(clock.Now - row.Since.ParkedAt).TotalMilliseconds);
}
