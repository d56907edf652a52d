namespace Pipeline.Hosting.Ledger;

/// <summary>
/// What one transaction adds to the ledger for one source. Every delivery is counted once as received and once by its place;
/// a later move (released, expired, superseded) takes it from one place to another, so the sum always stands.
/// </summary>
/// <param name="Stream">The exchange that the messages came by.</param>
/// <param name="Source">The system that published them; <see cref="UnknownSource"/> where the body could not be read so far.</param>
/// <param name="Received">Deliveries, repeats included.</param>
/// <param name="Accepted">Let in (a child), or recorded (an account record, a user mapping).</param>
/// <param name="Parked">Waiting now.</param>
/// <param name="DeadLettered">In the queue of the dead or kept by the office.</param>
/// <param name="Superseded">Overtaken by a newer version before they were let in.</param>
/// <param name="Duplicates">Deliveries of a version that was known already.</param>
public readonly record struct LedgerEntry(
    string Stream, string Source, long Received = 0, long Accepted = 0, long Parked = 0, long DeadLettered = 0, long Superseded = 0, long Duplicates = 0)
{
    public const string UnknownSource = "(unknown)";

    public bool IsEmpty => (Received | Accepted | Parked | DeadLettered | Superseded | Duplicates) == 0;

    /// <summary>Whether every delivery is in exactly one place.</summary>
    public bool Balances => Received == Accepted + Parked + DeadLettered + Superseded + Duplicates;

    public static LedgerEntry operator +(LedgerEntry a, LedgerEntry b) => a with
    {
        Received = a.Received + b.Received,
        Accepted = a.Accepted + b.Accepted,
        Parked = a.Parked + b.Parked,
        DeadLettered = a.DeadLettered + b.DeadLettered,
        Superseded = a.Superseded + b.Superseded,
        Duplicates = a.Duplicates + b.Duplicates,
    };

    /// <summary>One entry a stream and source.</summary>
    public static IReadOnlyList<LedgerEntry> Sum(IEnumerable<LedgerEntry> entries) =>
        [.. entries.GroupBy(entry => (entry.Stream, entry.Source)).Select(group => group.Aggregate((a, b) => a + b)).Where(entry => !entry.IsEmpty)];
}
