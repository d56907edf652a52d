using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.Truth;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Salesforce;

/// <summary>What all records that belong to an account have.</summary>
/// <param name="Account">Null where the record names none.</param>
/// <param name="Email">An address that leads nowhere; null where the account is named, or nothing is.</param>
public sealed record SalesforceChildFacts(string Id, int Number, Account? Account, string? Email, bool Deleted, DateTimeOffset Stamp)
{
    public string Created => SalesforceData.Time(Stamp.AddDays(-30));

    public SalesforceRecord Record(object row, Visibility visibility) => new(
        Id, Stamp, visibility, Deleted, Answer.Row(row).EnumerateObject().ToDictionary(field => field.Name, field => field.Value.Clone(), StringComparer.Ordinal));

    /// <summary>A record of an account with a usable account_id leads to it; where there is none, or the address is unknown, the child waits.</summary>
    public ChildTruth End(string type) => (Account, Email) switch
    {
        (null, null) => new("salesforce", type, Id, ChildTruth.DeadLettered, "account_id_missing", Deleted: Deleted),
        ({ End.LetsChildrenIn: true }, _) => new("salesforce", type, Id, ChildTruth.Accepted, AccountId: Account.AccountId, Deleted: Deleted),
        _ => new("salesforce", type, Id, ChildTruth.Parked, AccountId: Account?.AccountId, Deleted: Deleted),
    };
}

/// <summary>The rows, with their fields by their API names.</summary>
public static class SalesforceChildRow
{
    private static readonly string[] Titles = ["CFO", "Head of Procurement", "Systems Engineer"];
    private static readonly string[] Stages = ["Prospecting", "Qualification", "Negotiation/Review", "Closed Won", "Closed Lost"];
    private static readonly string[] Statuses = ["New", "Working", "Escalated", "Closed"];
    private static readonly string[] Origins = ["Web", "Email", "Phone"];

    public static object Contact(SalesforceChildFacts facts, Random random)
    {
        var person = Person.Of(facts.Number);
        return new
        {
            facts.Id,
            AccountId = facts.Account?.SalesforceId,
            person.FirstName,
            person.LastName,
            Email = facts.Account is null ? facts.Email : $"person{facts.Number}@contacts.example",
            Title = random.Next(4) == 0 ? null : Titles[random.Next(Titles.Length)],
            IsDeleted = facts.Deleted,
            CreatedDate = facts.Created,
            SystemModstamp = SalesforceData.Time(facts.Stamp),
        };
    }

    public static object Opportunity(SalesforceChildFacts facts, Random random) => new
    {
        facts.Id,
        AccountId = facts.Account?.SalesforceId,
        Name = $"Ausbau {facts.Number}",
        StageName = Stages[random.Next(Stages.Length)],
        Amount = random.Next(5) == 0 ? (decimal?)null : random.Next(10, 5000) * 25.5m,
        CloseDate = facts.Stamp.AddDays(random.Next(10, 200)).ToString("yyyy-MM-dd"),
        IsDeleted = facts.Deleted,
        CreatedDate = facts.Created,
        SystemModstamp = SalesforceData.Time(facts.Stamp),
    };

    public static object Case(SalesforceChildFacts facts, Random random) => new
    {
        facts.Id,
        AccountId = facts.Account?.SalesforceId,
        ContactId = (string?)null,
        CaseNumber = $"{1000 + facts.Number:00000000}",
        Subject = $"Anfrage {facts.Number}",
        Status = Statuses[random.Next(Statuses.Length)],
        Origin = Origins[random.Next(Origins.Length)],
        SuppliedEmail = facts.Email,
        IsDeleted = facts.Deleted,
        CreatedDate = facts.Created,
        SystemModstamp = SalesforceData.Time(facts.Stamp),
    };
}
