namespace Pipeline.VendorSimulator.World;

/// <summary>Where an account ends.</summary>
/// <param name="State">admitted, contested, waiting, refused, or dead_lettered where there is no account_id to keep a state for.</param>
/// <param name="Reason">The code of the reason; for waiting, the name of the wait.</param>
public sealed record AccountEnd(string State, string? Reason = null)
{
    /// <summary>Whether the account's children are let in. A contested account is: its first record stays.</summary>
    public bool LetsChildrenIn => State is "admitted" or "contested";
}

/// <summary>How many Salesforce records there are of each kind, and where each kind ends.</summary>
public static class AccountPlan
{
    public static IReadOnlyList<(AccountKind Kind, int Records)> Records { get; } =
    [
        (AccountKind.Good, 225),
        (AccountKind.LinkedFromSalesforce, 15),
        (AccountKind.Late, 20),
        (AccountKind.WholeNumber, 2),
        (AccountKind.Contested, 4),
        (AccountKind.Prospect, 12),
        (AccountKind.Canceled, 8),
        (AccountKind.WithoutZuora, 8),
        (AccountKind.ShortCrmId, 2),
        (AccountKind.Nameless, 5),
        (AccountKind.Undated, 5),
        (AccountKind.Fraction, 4),
        (AccountKind.WithoutAccountId, 6),
        (AccountKind.CaseTwin, 2),
        (AccountKind.LeavesAndReturns, 1),
        (AccountKind.Misspelled, 3),
    ];

    public static AccountEnd End(AccountKind kind) => kind switch
    {
        AccountKind.Contested => new("contested"),
        AccountKind.Prospect => new("refused", "filter_failed"),
        AccountKind.Canceled => new("refused", "path_filter_failed"),
        AccountKind.WithoutZuora or AccountKind.ShortCrmId => new("waiting", "zuora"),
        AccountKind.Nameless => new("refused", "name_missing"),
        AccountKind.Undated => new("refused", "join_date_missing"),
        AccountKind.Fraction => new("dead_lettered", "account_id_not_text"),
        AccountKind.WithoutAccountId => new("dead_lettered", "account_id_missing"),
        _ => new("admitted"),
    };
}
