namespace Pipeline.Contracts;

/// <summary>The names of the broker that outsiders rely on. All are declared before the first outside message can arrive.</summary>
public static class Exchanges
{
    public const string AccountDiscovered = "account-discovered";
    public const string ChildObjectReceived = "child-object-received";

    /// <summary>
    /// For usage events in bulk: the same message as <see cref="ChildObjectReceived"/>, in a queue of its own, so that what
    /// comes a hundred times as often does not stand in the way of the rest.
    /// </summary>
    public const string UsageEventReceived = "usage-event-received";

    public const string UserMapped = "user-mapped";
    public const string AccountAdmitted = "account-admitted";
    public const string AccountRefused = "account-refused";
    public const string AccountWithdrawn = "account-withdrawn";
    public const string ChildObjectAccepted = "child-object-accepted";

    /// <summary>An object that was in is in no longer: what its claim leads to has changed.</summary>
    public const string ChildObjectWithdrawn = "child-object-withdrawn";

    public const string ChildObjectDeadLettered = "child-object-dead-lettered";

    /// <summary>Every exchange, each a durable fanout: a publisher needs no routing key.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        AccountDiscovered, ChildObjectReceived, UsageEventReceived, UserMapped,
        AccountAdmitted, AccountRefused, AccountWithdrawn, ChildObjectAccepted, ChildObjectWithdrawn, ChildObjectDeadLettered,
    ];
}
