namespace Pipeline.VendorSimulator.Systems.Salesforce;

/// <summary>How a field compares in SOQL.</summary>
public enum FieldKind
{
    Text,
    Time,
    Date,
    Flag,
}

/// <summary>The fields of Account that are played, by their API names; SOQL does not mind their case.</summary>
public static class SalesforceFields
{
    private static readonly Dictionary<string, (string Name, FieldKind Kind)> All = new (string Name, FieldKind Kind)[]
    {
        ("Id", FieldKind.Text), ("IsDeleted", FieldKind.Flag), ("Name", FieldKind.Text), ("Type", FieldKind.Text),
        ("AccountNumber", FieldKind.Text), ("Industry", FieldKind.Text), ("BillingCountry", FieldKind.Text), ("Website", FieldKind.Text),
        ("Phone", FieldKind.Text), ("OwnerId", FieldKind.Text), ("CreatedDate", FieldKind.Time), ("LastModifiedDate", FieldKind.Time),
        ("SystemModstamp", FieldKind.Time), ("Account_ID__c", FieldKind.Text), ("Customer_Since__c", FieldKind.Date), ("Zuora_Account_Id__c", FieldKind.Text),
    }.ToDictionary(field => field.Name, StringComparer.OrdinalIgnoreCase);

    public static bool TryFind(string name, out (string Name, FieldKind Kind) field) => All.TryGetValue(name, out field);
}
