using System.Text.Json;
using Pipeline.Connectors.Reading;
using Pipeline.Contracts;
using Pipeline.Contracts.Reading;

namespace Pipeline.Connectors.Systems.Freshsales;

/// <summary>
/// A record as a message. A deleted one says so as long as a view shows it. Which key of a contact holds its account is
/// not documented for views: both that are known are read. Source: developers.freshworks.com/crm/api, Accounts, Contacts,
/// Deals.
/// </summary>
internal static class FreshsalesRecord
{
    public const string Stamp = "updated_at";

    private const string Custom = "custom_field";

    public static Mapped Account(JsonElement record, string accountId, string joinDate, IReadOnlyList<string> fields) =>
        Mapped.ToAccount(record, account => new AccountDiscovered
        {
            Source = FreshsalesConnector.Name,
            NativeId = account.RequiredText("id"),
            AccountId = StatedAccountId.Of(record.Value(Custom, accountId)),
            Name = account.Text("name"),
            JoinDate = account.Date(joinDate, record.Value(Custom, joinDate)),
            ObservedAt = account.RequiredTime(Stamp),
            Fields = record.Pick(Custom, fields),
            Deleted = account.Flag("is_deleted"),
        });

    /// <summary>An account_id of its own goes first, in the short form, which keeps what is written there as it is: law 1 is the gatekeeper's to hold.</summary>
    public static Mapped Contact(JsonElement record, string accountId) => Mapped.ToChild(record, contact =>
    {
        var stated = accountId.Length == 0 ? StatedAccountId.Missing : StatedAccountId.Of(record.Value(Custom, accountId));
        var (parent, email) = (Accounts(contact) ?? contact.Text("sales_account_id"), contact.Text("email"));
        return stated.IsMissing
            ? Child(record, contact, "contact") with { Claims = Owner.Claims(FreshsalesConnector.Name, parent, email) }
            : Child(record, contact, "contact") with { AccountId = stated, ParentId = parent, Email = email };
    });

    public static Mapped Deal(JsonElement record) => Mapped.ToChild(record, deal => Child(record, deal, "deal") with
    {
        Claims = Owner.Claims(FreshsalesConnector.Name, deal.Text("sales_account_id") ?? deal.TextWithin("sales_account", "id"), null),
    });

    private static ChildObjectReceived Child(JsonElement record, Fields child, string objectType) => new()
    {
        Source = FreshsalesConnector.Name,
        ObjectType = objectType,
        NativeId = child.RequiredText("id"),
        ObservedAt = child.RequiredTime(Stamp),
        Data = record,
        Deleted = child.Flag("is_deleted"),
    };

    /// <summary>The primary account, else the first.</summary>
    private static string? Accounts(Fields contact)
    {
        var accounts = contact.List("sales_accounts", account => (Id: account.Text("id"), IsPrimary: account.Flag("is_primary")));
        return accounts.FirstOrDefault(account => account.IsPrimary).Id ?? (accounts is [var first, ..] ? first.Id : null);
    }
}
