using System.Text.Json;

namespace Pipeline.VendorSimulator.World;

/// <summary>What was made of an account on purpose, so that one outcome is shown.</summary>
public enum AccountKind
{
    /// <summary>A customer, active in Zuora, linked by Zuora's crmId.</summary>
    Good,

    /// <summary>Good, but linked only by Salesforce's Zuora_Account_Id__c.</summary>
    LinkedFromSalesforce,

    /// <summary>Good, but Salesforce shows it only when all tickets have been exported.</summary>
    Late,

    /// <summary>Good, and the account_id is a whole number.</summary>
    WholeNumber,

    /// <summary>Good, and a second record carries the same account_id.</summary>
    Contested,

    Prospect,
    Canceled,
    WithoutZuora,

    /// <summary>Zuora's crmId holds the 15-character form of the Salesforce Id.</summary>
    ShortCrmId,
    Nameless,
    Undated,

    /// <summary>The account_id is a JSON number with a fraction.</summary>
    Fraction,
    WithoutAccountId,

    /// <summary>Good, and another account differs from it only in the case of its letters. Both are right.</summary>
    CaseTwin,

    /// <summary>Good, then no customer any more, and later one again.</summary>
    LeavesAndReturns,

    /// <summary>Good, and something in a shop names it nearly: with a digit form, an accent or an id of the CRM as the account_id.</summary>
    Misspelled,
}

/// <summary>An account of the company, as Salesforce and Zuora hold it, with the end that it must come to.</summary>
public sealed record Account
{
    public required AccountKind Kind { get; init; }

    /// <summary>The account_id as Salesforce writes it: text, number or null.</summary>
    public required JsonElement StatedId { get; init; }

    /// <summary>The account_id as text, where it is usable.</summary>
    public required string? AccountId { get; init; }

    public required string? Name { get; init; }
    public required DateOnly? CustomerSince { get; init; }
    public required string SalesforceId { get; init; }

    /// <summary>Null where Zuora does not know the account.</summary>
    public required string? ZuoraId { get; init; }

    public AccountEnd End => AccountPlan.End(Kind);

    public string Type => Kind == AccountKind.Prospect ? "Prospect" : "Customer";
    public string ZuoraStatus => Kind == AccountKind.Canceled ? "Canceled" : "Active";
}
