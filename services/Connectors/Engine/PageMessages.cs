namespace Pipeline.Connectors.Engine;

/// <summary>What a page comes to: the messages to publish, what was counted, and what to remember. Pure.</summary>
public sealed record PageMessages(IReadOnlyList<RecordMessage> Messages, Counts Counts, RecentRecords Recent)
{
    public static PageMessages Of(string system, Feed feed, Page page, Checkpoint checkpoint)
    {
        var all = page.Records.Select(record => RecordMessages.Of(system, feed, record)).DistinctBy(message => message.Id).ToList();
        var fresh = all.Where(message => !checkpoint.Recent.Contains(message.Id)).ToList();
        // In a feed without order, a later page may bring what is far older than the newest record: nothing is forgotten before the pass ends.
        TimeSpan? reach = feed.OrderedByCursor || page.Next is null ? checkpoint.Reach(feed) : null;
        var unmappable = fresh.Count(message => message is RecordMessage.Unmappable);
        return new(fresh,
            new Counts(page.Records.Count, fresh.Count - unmappable, unmappable, page.Records.Count - fresh.Count),
            checkpoint.Recent.With(all.Select(message => (message.Id, (message as RecordMessage.Published)?.ObservedAt)), reach));
    }
}
