using System.Diagnostics;
using System.Text.Json;
using Pipeline.Connectors.Engine.Drift;
using Pipeline.Connectors.Engine.Http;
using Pipeline.Hosting;

namespace Pipeline.Connectors.Engine;

/// <summary>
/// Reads one page: ask, map, publish, and only when the broker has confirmed every message, store the checkpoint. A process
/// that dies anywhere in between reads the page again and says the same messages with the same ids.
/// </summary>
public sealed class PageReader(string system, Feed feed, VendorClient client, IPublishRecords publisher, IKeepCheckpoints checkpoints, SchemaWatch watch, TimeProvider time)
{
    public string System => system;

    public Feed Feed => feed;

    /// <summary>Where this feed stands.</summary>
    public async Task<StoredCheckpoint> LoadAsync(CancellationToken cancellation)
    {
        var stored = await checkpoints.LoadAsync(system, feed.Name, cancellation);
        await watch.LoadAsync(cancellation);
        return stored;
    }

    /// <exception cref="Exception">The broker or the store of checkpoints failed; the page counts as not read.</exception>
    public async Task<Step> ReadAsync(StoredCheckpoint stored, CancellationToken cancellation)
    {
        using var activity = Telemetry.Poll(system, feed);
        var start = stored.Checkpoint.StartOf(feed, time.GetUtcNow());
        var request = stored.Checkpoint.Pass?.Next ?? feed.First(start);
        var step = await client.SendAsync(request, cancellation) switch
        {
            Outcome.OverLimit(var wait) => new Step.Paced(wait),
            Outcome.Failed(var why, var refused) => Failed(stored, why, abandon: refused),
            Outcome.Answered answered => await ReadAsync(stored, start, request, answered, activity, cancellation),
            var other => throw new InvalidOperationException($"{other} is no final outcome."),
        };
        if (step is Step.Failed failed) activity?.SetStatus(ActivityStatusCode.Error, failed.Why);
        if (step is Step.Paced paced) activity?.SetTag("pipeline.paced_seconds", paced.Wait.TotalSeconds);
        return step;
    }

    private async Task<Step> ReadAsync(StoredCheckpoint stored, Start start, VendorRequest request, Outcome.Answered answered, Activity? activity, CancellationToken cancellation)
    {
        var begun = stored.Checkpoint.Answered(feed, start, answered.Now);
        Page page;
        try
        {
            page = feed.Read(new Answer(answered.Body, request, begun.Pass!.Pass, answered.Headers));
        }
        catch (Exception exception) when (UnknownShapeException.IsTheReasonOf(exception))
        {
            return Failed(stored, $"{request.PathAlone}: {exception.Message}", abandon: false);
        }

        if (page.Next == request) return Failed(stored, $"{request.PathAlone}: the next page is the same page.", abandon: true);
        var messages = PageMessages.Of(system, feed, page, begun);
        CrashPoint.Reach("before-publishing", "page");
        await publisher.PublishAsync(messages.Messages, cancellation);
        CrashPoint.Reach("after-publishing", "page");
        var next = begun.After(feed, page, messages.Recent, messages.Counts, answered.Now);
        var saved = await checkpoints.SaveAsync(system, feed.Name, stored, next, cancellation);
        activity?.SetTag("pipeline.records", messages.Counts.Read).SetTag("pipeline.published", messages.Counts.Published);
        Telemetry.PageRead(system, feed, messages.Counts);
        if (saved is null) return new Step.Overtaken();
        await watch.SeeAsync(page, begun.Pass.Pass, messages.Counts, cancellation);
        return new Step.Read(saved, answered.Ration);
    }

    /// <summary>A continuation that is refused, as a locator that has expired, is given up: the pass begins anew at its cursor.</summary>
    private static Step.Failed Failed(StoredCheckpoint stored, string why, bool abandon) =>
        new(why, abandon && stored.Checkpoint.Pass is not null ? stored with { Checkpoint = stored.Checkpoint.Abandon() } : stored);
}

/// <summary>What came of trying to read a page.</summary>
public abstract record Step
{
    private Step()
    {
    }

    /// <summary>The page is published and the checkpoint stored.</summary>
    /// <param name="Ration">How the answer says that further requests are to be spread; null if they need not be.</param>
    public sealed record Read(StoredCheckpoint Stored, Ration? Ration) : Step;

    /// <summary>The system asked to be left alone for that long.</summary>
    public sealed record Paced(TimeSpan Wait) : Step;

    /// <param name="Why">For a person; holds no secret.</param>
    /// <param name="From">Where to try again.</param>
    public sealed record Failed(string Why, StoredCheckpoint From) : Step;

    /// <summary>Another process has stored a checkpoint of the same feed meanwhile.</summary>
    public sealed record Overtaken : Step;
}
