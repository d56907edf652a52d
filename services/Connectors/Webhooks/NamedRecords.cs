using Pipeline.Connectors.Engine;
using Pipeline.Connectors.Engine.Http;

namespace Pipeline.Connectors.Webhooks;

/// <summary>Asks a system for the records that deliveries have only named, several a request where it can, and keeps to its pace.</summary>
public sealed class NamedRecords(ConfiguredSystem system, VendorClient client, PaceGate gate, TimeProvider time)
{
    /// <summary>How long a system that did not answer is not asked again: each try takes seconds, in which deliveries that need no asking would wait.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    private (DateTimeOffset Until, string Why) _silent = (DateTimeOffset.MinValue, "");

    /// <summary>Asks for what was only named. What the system does not know any more is left; what it does not answer for is late.</summary>
    public async Task<(IReadOnlyList<RecordMessage> Found, Late Late)> AskAsync(Told told, CancellationToken cancellation)
    {
        var found = new List<RecordMessage>();
        var late = new Late();
        foreach (var (name, named) in told.Asked)
        {
            var feed = system.System.Feed(name);
            var lookup = feed.ById ?? throw new InvalidOperationException($"{system.Name} {name}: a notice names a record, and the feed has no way to ask for one.");
            foreach (var ids in named.Keys.Chunk(lookup.Most))
            {
                if (_silent.Until - time.GetUtcNow() is { Ticks: > 0 } silence) late.Add(ids.SelectMany(id => named[id]), silence, _silent.Why, failed: false);
                else if (gate.TakeTurn() is { IsNow: false } turn) late.Add(ids.SelectMany(id => named[id]), turn.Wait, turn.Spread ? "little is left of the system's limit" : "the system asks to wait", failed: false);
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
                gate.Spread(feed.Name, answered.Ration);
                found.AddRange(records.Select(record => RecordMessages.Of(system.Name, feed, record)));
                break;
            case Outcome.Answered:
                late.Add(namedBy(), Backoff.After(6, Random.Shared.NextDouble()), $"{feed.Name}: the answer has a shape that the connector does not know", failed: true);
                break;
            case Outcome.Failed { Problem: { Status: StatusCodes.Status404NotFound or StatusCodes.Status410Gone, ForToken: false } }:
                break; // the record is gone
            case Outcome.OverLimit(var wait):
                gate.Close(wait);
                late.Add(namedBy(), wait, "the system asks to wait", failed: false);
                break;
            case Outcome.Failed failed:
                if (failed.Problem is not { Status: < 500 }) _silent = (time.GetUtcNow() + Silence, failed.Why);
                late.Add(namedBy(), Backoff.After(6, Random.Shared.NextDouble()), failed.Why, failed: true);
                break;
        }
    }

    private static IReadOnlyList<System.Text.Json.JsonElement>? Records(Lookup lookup, Outcome.Answered answered)
    {
        try
        {
            return lookup.Records(answered.Body);
        }
        catch (Exception exception) when (UnknownShapeException.IsTheReasonOf(exception))
        {
            return null;
        }
    }
}

/// <summary>Deliveries that have to be read again, and after which wait.</summary>
public sealed class Late
{
    public HashSet<Guid> Ids { get; } = [];

    /// <summary>Those of them that had their turn and failed.</summary>
    public HashSet<Guid> Failed { get; } = [];

    public TimeSpan Wait { get; private set; }

    public string Why { get; private set; } = "";

    public void Add(IEnumerable<Guid> ids, TimeSpan wait, string why, bool failed)
    {
        Guid[] late = [.. ids];
        Ids.UnionWith(late);
        if (failed) Failed.UnionWith(late);
        if (wait > Wait) (Wait, Why) = (wait, why);
    }
}
