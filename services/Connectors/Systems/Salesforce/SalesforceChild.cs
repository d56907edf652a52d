using System.Text.Json;
using Pipeline.Connectors.Reading;
using Pipeline.Contracts;
using Pipeline.Contracts.Reading;

namespace Pipeline.Connectors.Systems.Salesforce;

/// <summary>
/// What belongs to an account by its AccountId: a contact, an opportunity or a case. The field may be empty, as in a private
/// contact or a case that a web form has made; then only an email address says whose it is, and an opportunity has none.
/// Source: developer.salesforce.com, Object Reference, Contact, Opportunity, Case.
/// </summary>
internal static class SalesforceChild
{
    public static Feed Contacts(SalesforceQuery query) =>
        query.Feed("contacts", "Contact", Columns("FirstName", "LastName", "Email", "Title"), record => Map(record, "contact", "Email"));

    public static Feed Opportunities(SalesforceQuery query) =>
        query.Feed("opportunities", "Opportunity", Columns("Name", "StageName", "Amount", "CloseDate"), record => Map(record, "opportunity", null));

    public static Feed Cases(SalesforceQuery query) =>
        query.Feed("cases", "Case", Columns("ContactId", "CaseNumber", "Subject", "Status", "Origin", "SuppliedEmail"), record => Map(record, "case", "SuppliedEmail"));

    private static IEnumerable<string> Columns(params string[] own) => ["Id", "AccountId", .. own, "IsDeleted", "CreatedDate", SalesforceQuery.Stamp];

    private static Mapped Map(JsonElement record, string objectType, string? email) => Mapped.ToChild(record, child => new ChildObjectReceived
    {
        Source = SalesforceConnector.Name,
        ObjectType = objectType,
        NativeId = child.RequiredText("Id"),
        ObservedAt = child.RequiredTime(SalesforceQuery.Stamp),
        Claims = Owner.Claims(SalesforceConnector.Name, child.Text("AccountId"), email is null ? null : child.Text(email)),
        Data = record,
        Deleted = child.Flag("IsDeleted"),
    });
}
