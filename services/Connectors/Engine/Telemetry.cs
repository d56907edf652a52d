using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Pipeline.Connectors.Engine;

/// <summary>The spans and metrics of the connectors. Every measurement carries the system; all but requests also the feed.</summary>
public static class Telemetry
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "Pipeline.Connectors";

    /// <summary>Of a wait: the system asked for it.</summary>
    public const string Asked = "asked";

    /// <summary>Of a wait: little is left of the system's limit.</summary>
    public const string Spread = "spread";

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Records = Meter.CreateCounter<long>("pipeline.connectors.records.read", "{record}", "Records that the system sent, repeats included");
    private static readonly Counter<long> Published = Meter.CreateCounter<long>("pipeline.connectors.records.published", "{message}", "Messages that the broker confirmed");
    private static readonly Counter<long> Unmappable = Meter.CreateCounter<long>("pipeline.connectors.records.unmappable", "{record}", "Records that went to the dead letters");
    private static readonly Counter<long> Requests = Meter.CreateCounter<long>("pipeline.connectors.requests", "{request}", "Attempts, by status; a connection that failed has the status 0");
    private static readonly Histogram<double> Waits = Meter.CreateHistogram<double>("pipeline.connectors.pace.waits", "s", "Waits that the system asked for, and those that spread what is left of its limit");

    private static readonly Counter<long> Drifts = Meter.CreateCounter<long>("pipeline.connectors.schema.drift", "{field}", "Fields that changed in what the system sends, by change: new, missing, retyped, custom_keys");

    private static readonly Counter<long> Refused = Meter.CreateCounter<long>("pipeline.connectors.webhooks.refused", "{delivery}", "Deliveries of webhooks that were not proven, by reason");

    public static ActivitySource Source { get; } = new(Name);

    /// <summary>The span of one page; the messages of the page are published inside it.</summary>
    public static Activity? Poll(string system, Feed feed)
    {
        var activity = Source.StartActivity($"poll {system} {feed.Name}", ActivityKind.Client);
        return activity?.SetTag("pipeline.system", system).SetTag("pipeline.feed", feed.Name);
    }

    public static void PageRead(string system, Feed feed, Counts counts)
    {
        KeyValuePair<string, object?> inSystem = new("system", system), inFeed = new("feed", feed.Name);
        Records.Add(counts.Read, inSystem, inFeed);
        Published.Add(counts.Published, inSystem, inFeed);
        Unmappable.Add(counts.Unmappable, inSystem, inFeed);
    }

    public static void Requested(string system, int status) => Requests.Add(1, new("system", system), new("status", status));

    public static void Drifted(string system, string feed, string change) => Drifts.Add(1, new("system", system), new("feed", feed), new("change", change));

    public static void WebhookRefused(string system, string why) => Refused.Add(1, new("system", system), new("reason", why));

    /// <param name="why"><see cref="Asked"/> or <see cref="Spread"/>.</param>
    public static void Paced(string system, Feed feed, TimeSpan wait, string why) => Waits.Record(wait.TotalSeconds, new("system", system), new("feed", feed.Name), new("why", why));
}
