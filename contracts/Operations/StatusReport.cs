namespace Pipeline.Contracts.Operations;

/// <summary>The whole pipeline at a glance, as <c>pipeline status --json</c> prints it.</summary>
/// <param name="Services">Every service and whether it answers.</param>
/// <param name="Feeds">What the connectors read; empty where they do not answer.</param>
/// <param name="Gatekeeper">Null where it does not answer.</param>
/// <param name="SystemOfRecord">Null where it does not answer.</param>
/// <param name="DeadLetters">Dead letters kept by the office, by reason.</param>
/// <param name="Queues">Messages ready in each queue.</param>
public sealed record StatusReport(
    IReadOnlyList<ServiceHealth> Services,
    IReadOnlyList<FeedProgress> Feeds,
    GatekeeperStatus? Gatekeeper,
    SystemOfRecordStatus? SystemOfRecord,
    IReadOnlyDictionary<string, long> DeadLetters,
    IReadOnlyDictionary<string, long> Queues)
{
    /// <summary>What systems have told by themselves; empty where no webhook is open or the connectors do not answer.</summary>
    public IReadOnlyList<WebhookProgress> Webhooks { get; init; } = [];

    /// <summary>Open dead letters whose key leads to an admitted account since they died: a replay would let them in.</summary>
    public long Answered { get; init; }
}

/// <summary>What a system's webhook has brought since the connectors started.</summary>
/// <param name="Received">Deliveries that were proven, repeats included.</param>
/// <param name="Repeated">Of them, those that were known already.</param>
/// <param name="Refused">Deliveries that were not proven, and answered 401.</param>
/// <param name="Pending">Deliveries that are kept and not yet read, at this moment.</param>
/// <param name="Published">Messages that came of them.</param>
/// <param name="Unreadable">Deliveries whose body has no known shape; they are among the dead letters.</param>
/// <param name="GivenUp">Deliveries that named records which could not be asked for; the next pass of the feed brings those.</param>
public sealed record WebhookProgress(string System, long Received, long Repeated, long Refused, long Pending, long Published, long Unreadable, long GivenUp);

/// <summary>Whether a service answers.</summary>
/// <param name="State">ready, not_ready or out_of_reach.</param>
public sealed record ServiceHealth(string Service, string State, string? Detail);

/// <summary>How far a connector is with one feed of a system.</summary>
/// <param name="State">starting, reading, paced, failing or caught_up.</param>
/// <param name="Total">How many records the vendor says there are; null where it does not say.</param>
public sealed record FeedProgress(
    string System, string Feed, string State, long Read, long Published, long Unmappable, long? Total, double? SecondsLeft, string? LastError)
{
    /// <summary>The newest changes of what the system sends in this feed, the newest first, at most 20.</summary>
    public IReadOnlyList<SchemaDrift> Drift { get => field ?? []; init; } = []; // connectors of an older version say nothing of it
}

/// <summary>One field that a system sends otherwise than before. The records are read all the same.</summary>
/// <param name="Field">Its path in a record: name, owner.email. For a record whose own keys are custom: (record).</param>
/// <param name="Change">new, missing, retyped, or custom_keys: an object whose keys are data, of which nothing more is told.</param>
/// <param name="From">The JSON that it was: string, number, bool, object or array, joined by "or"; null for a new field.</param>
/// <param name="To">The JSON that is new in it, "null" for a new field that is null so far; no value for a field that is missing.</param>
/// <param name="At">When it was seen.</param>
public sealed record SchemaDrift(string Field, string Change, string? From, string? To, DateTimeOffset At);
