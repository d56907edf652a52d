namespace Pipeline.VendorSimulator.Systems.Salesforce;

/// <summary>How a field compares in SOQL.</summary>
public enum FieldKind
{
    Text,
    Number,
    Time,
    Date,
    Flag,
}

/// <summary>The objects that are played and their fields, by their API names; SOQL does not mind their case.</summary>
public static class SalesforceFields
{
    public const string Account = "Account";
    public const string Contact = "Contact";
    public const string Opportunity = "Opportunity";
    public const string Case = "Case";

    private static readonly Dictionary<string, string[]> Entities = new(StringComparer.OrdinalIgnoreCase)
    {
        [Account] =
        [
            "Name", "Type", "AccountNumber", "Industry", "BillingCountry", "Website", "Phone", "OwnerId", "LastModifiedDate",
            "Account_ID__c", "Customer_Since__c", "Zuora_Account_Id__c",
        ],
        [Contact] = ["AccountId", "FirstName", "LastName", "Email", "Title"],
        [Opportunity] = ["AccountId", "Name", "StageName", "Amount", "CloseDate"],
        [Case] = ["AccountId", "ContactId", "CaseNumber", "Subject", "Status", "Origin", "SuppliedEmail"],
    };

    private static readonly string[] OfAll = ["Id", "IsDeleted", "CreatedDate", "SystemModstamp"];

    public static bool IsEntity(string name) => Entities.ContainsKey(name);

    /// <summary>The object's name as it is written.</summary>
    public static string EntityName(string name) => Entities.Keys.First(entity => entity.Equals(name, StringComparison.OrdinalIgnoreCase));

    public static bool TryFind(string entity, string name, out (string Name, FieldKind Kind) field)
    {
        var found = OfAll.Concat(Entities[entity]).FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
        field = found is null ? default : (found, KindOf(found));
        return found is not null;
    }

    /// <summary>A field of one name is of one kind, whatever its object.</summary>
    public static FieldKind KindOf(string field) => field switch
    {
        "IsDeleted" => FieldKind.Flag,
        "CreatedDate" or "LastModifiedDate" or "SystemModstamp" => FieldKind.Time,
        "Customer_Since__c" or "CloseDate" => FieldKind.Date,
        "Amount" => FieldKind.Number,
        _ => FieldKind.Text,
    };
}
