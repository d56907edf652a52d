namespace Pipeline.VendorSimulator.World.Billing;

/// <summary>How much one billing system holds.</summary>
/// <param name="System">Its name.</param>
/// <param name="Right">Customers whose account_id is right; some near misses and others come to them.</param>
/// <param name="Kinds">Of what belongs to customers.</param>
public sealed record BillingPlan(string System, int Right, params IReadOnlyList<KindPlan> Kinds)
{
    /// <summary>Whether a customer may be deleted while it is read, and be seen to be.</summary>
    public bool LosesCustomer { get; init; }

    /// <summary>Begins what stands in the place of the account_id where nobody has filled it in; null where that is simply empty.</summary>
    public string? Unnamed { get; init; }
}

/// <summary>How many children of one kind there are, and how many are out of the ordinary.</summary>
/// <param name="Count">In all.</param>
public sealed record KindPlan(string Kind, int Count)
{
    /// <summary>Created while the system is read.</summary>
    public int Late { get; init; } = 8;

    /// <summary>Changed while the system is read.</summary>
    public int Changing { get; init; } = 10;

    /// <summary>They say nothing about whose they are.</summary>
    public int Without { get; init; }

    /// <summary>They name their customer by the address alone.</summary>
    public int ByAddress { get; init; }

    /// <summary>Deleted from the start.</summary>
    public int Deleted { get; init; }

    /// <summary>Deleted while the system is read.</summary>
    public int DeletedByChange { get; init; }
}
