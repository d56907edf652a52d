namespace Pipeline.Contracts.Operations;

/// <summary>By this rule the office replays, without anybody asking, dead letters whose account has appeared since they died.</summary>
public sealed record ReleaseRuleOrder
{
    /// <summary>What it is called: 1 to 60 small letters, digits and hyphens. A name is used once.</summary>
    public required string Name { get; init; }

    /// <summary>Of which letters, in the words of the search; empty for all that have an answer.</summary>
    public required string Query { get; init; }

    /// <summary>How many letters it may replay within any 24 hours, 1 to 1,000,000; 1,000 where nothing is said.</summary>
    public long? MostADay { get; init; }

    /// <summary>Messages a second, 0.1 to 5,000; 200 where nothing is said.</summary>
    public double? Pace { get; init; }

    /// <summary>Who makes it, and answers for what it does.</summary>
    public required string Author { get; init; }

    /// <summary>Why, for whoever reads it later.</summary>
    public required string Reason { get; init; }
}

/// <summary>A release rule and what it has done.</summary>
/// <param name="State">on or off.</param>
/// <param name="Why">Why it is off; null where it is on.</param>
/// <param name="Today">How many letters it has replayed within the last 24 hours.</param>
/// <param name="Held">How many letters it would replay now, and may not: it is off, or its limit is reached.</param>
public sealed record ReleaseRuleLine(
    string Name, string State, string Query, long MostADay, double Pace, string Author, string Reason, DateTimeOffset MadeAt, string? Why, string? ChangedBy, DateTimeOffset? ChangedAt, long Today, long Held);

/// <summary>Who switches a rule on or off.</summary>
public sealed record SwitchOrder(string Author, string? Reason = null);
