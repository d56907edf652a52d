namespace Pipeline.Connectors.Webhooks;

/// <summary>The edge to where deliveries are kept from their arrival until their messages are published, and remembered for a while.</summary>
public interface IKeepDeliveries
{
    /// <summary>Keeps these; a delivery that is known already is left as it is. Returns the ids of the new ones, once they are safe.</summary>
    Task<IReadOnlySet<Guid>> AddAsync(IReadOnlyList<NewDelivery> deliveries, CancellationToken cancellation);

    /// <summary>
    /// Hands out deliveries of a system that are due, the eldest first, and holds them for a time: who dies with them has lost
    /// nothing, for after that time they are due again.
    /// </summary>
    Task<IReadOnlyList<KeptDelivery>> TakeAsync(string system, int most, TimeSpan hold, CancellationToken cancellation);

    /// <summary>These have come to their end; their bodies are let go.</summary>
    Task EndAsync(IReadOnlyList<(Guid Id, DeliveryEnd End)> ended, CancellationToken cancellation);

    /// <summary>These are due again after a wait.</summary>
    /// <param name="failed">Whether that counts as a failure; to wait for one's turn does not.</param>
    Task PostponeAsync(IReadOnlyList<Guid> ids, TimeSpan wait, bool failed, CancellationToken cancellation);

    /// <summary>How many have not come to their end, by system.</summary>
    Task<IReadOnlyDictionary<string, long>> PendingAsync(CancellationToken cancellation);

    /// <summary>Forgets deliveries that ended longer ago than this; a repeat of one would be taken as new. Returns how many.</summary>
    Task<int> ForgetAsync(TimeSpan age, CancellationToken cancellation);
}

/// <param name="Id">Of the delivery, made of the system's name and its own id for it.</param>
/// <param name="TraceParent">The trace of its arrival.</param>
public sealed record NewDelivery(Guid Id, string System, ReadOnlyMemory<byte> Body, string? TraceParent);

/// <param name="Failures">How often what it names could not be asked for.</param>
public sealed record KeptDelivery(Guid Id, ReadOnlyMemory<byte> Body, int Failures, string? TraceParent);

/// <summary>How a delivery ended.</summary>
public enum DeliveryEnd
{
    /// <summary>What it told is published, or was of no interest.</summary>
    Read,

    /// <summary>Its body has no known shape; it is among the dead letters.</summary>
    Unreadable,

    /// <summary>The record that it named could not be asked for, again and again; the next pass of the feed brings it.</summary>
    GivenUp,
}
