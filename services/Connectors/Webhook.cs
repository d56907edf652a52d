namespace Pipeline.Connectors;

/// <summary>
/// How a system tells of changes by itself: how its deliveries are proven, told apart and read. All pure. The engine owns the
/// endpoint, the keeping and the publishing. What a delivery does not bring, or a lost one, the next pass of the feeds does.
/// </summary>
public sealed record Webhook
{
    /// <summary>Without a good proof nothing of a delivery is looked at.</summary>
    public required WebhookProof Proof { get; init; }

    /// <summary>
    /// What names a delivery and stays the same when the system repeats it; a repeat is taken once. Null where nothing does:
    /// then each is taken.
    /// </summary>
    public required Func<WebhookDelivery, string?> DeliveryId { get; init; }

    /// <summary>What a delivery tells; nothing where it is of no interest. A shape that it does not know is an <see cref="UnknownShapeException"/>.</summary>
    public required Func<WebhookBody, IReadOnlyList<Notice>> Read { get; init; }
}

/// <summary>A delivery as it came in.</summary>
/// <param name="Headers">By name, case-blind; empty text where one is missing.</param>
public sealed record WebhookDelivery(WebhookBody Body, Func<string, string> Headers);

/// <summary>One thing that a delivery tells.</summary>
public abstract record Notice
{
    private Notice()
    {
    }

    /// <summary>A record of a feed, whole, as the feed itself would bring it.</summary>
    /// <param name="DeletedAt">When it was deleted; null where it was not.</param>
    public sealed record Change(string Feed, System.Text.Json.JsonElement Record, DateTimeOffset? DeletedAt = null) : Notice;

    /// <summary>A record that has changed, and only its id; it is asked for by the feed's <see cref="Feed.ById"/>.</summary>
    public sealed record Named(string Feed, string Id) : Notice;
}
