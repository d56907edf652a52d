using Pipeline.VendorSimulator.Truth;

namespace Pipeline.VendorSimulator.World.Billing;

/// <summary>A record of a billing system, in no vendor's words: what it is, and what happens to it while it is read.</summary>
public abstract record BillingRecord
{
    public required string Kind { get; init; }

    /// <summary>From 1, in the order of creation.</summary>
    public required int Number { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>When it last changed before the first reading.</summary>
    public required DateTimeOffset Updated { get; init; }

    /// <summary>How long after the first reading it is created; null where it is there from the start.</summary>
    public TimeSpan? AppearsAfter { get; init; }

    /// <summary>How long after the first reading it changes; null where it does not.</summary>
    public TimeSpan? ChangesAfter { get; init; }

    /// <summary>Deleted before the first reading.</summary>
    public bool Deleted { get; init; }

    /// <summary>Its change is that it is deleted.</summary>
    public bool DeletedByChange { get; init; }
}

/// <summary>A customer of a billing system.</summary>
public sealed record Payer : BillingRecord
{
    public required Customer Customer { get; init; }

    /// <summary>What stands where the account_id belongs while nobody has filled it in; null in most systems.</summary>
    public string? Unnamed { get; init; }

    /// <summary>The account_id is filled in only by its change: its children wait for that.</summary>
    public bool NamedByChange { get; init; }

    public string? AccountIdIn(int version) => (NamedByChange && version == 0 ? null : Customer.AccountId) ?? Unnamed;

    /// <summary>The version that a child shows beside itself.</summary>
    public int VersionBeside(BillingRow child) => child.IsNews && ChangesAfter is not null ? 1 : 0;

    /// <summary>Where a child ends that names it by its id: a deleted record binds nothing.</summary>
    public ChildTruth End(string source, string type, string nativeId, bool deleted) => Deleted
        ? new(source, type, nativeId, ChildTruth.Parked, Deleted: deleted)
        : (Customer with { AccountId = Customer.AccountId ?? Unnamed }).End(source, type, nativeId, deleted);
}

/// <summary>What belongs to a payer: a subscription, an invoice, a payment.</summary>
public sealed record PayerChild : BillingRecord
{
    /// <summary>The payer that it names by its id.</summary>
    public Payer? Owner { get; init; }

    /// <summary>The payer that it names by the address alone.</summary>
    public Payer? Addressee { get; init; }

    public ChildTruth End(string source, string nativeId)
    {
        var deleted = Deleted || DeletedByChange;
        return (Owner ?? Addressee) is { } payer
            ? payer.End(source, Kind, nativeId, deleted)
            : new ChildTruth(source, Kind, nativeId, ChildTruth.DeadLettered, "account_id_missing", Deleted: deleted);
    }
}
