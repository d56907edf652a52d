using System.Text.Json;
using Pipeline.Connectors.Reading;
using Pipeline.Contracts;
using Pipeline.Contracts.Reading;

namespace Pipeline.Connectors.Systems.Zuora;

/// <summary>
/// An account, and what belongs to it: a child holds its account, so that both are read by the same fields.
/// Source: developer.zuora.com, API reference, Object Queries.
/// </summary>
/// <param name="CrmId">The field of the account that holds its id in the CRM.</param>
/// <param name="AccountIdField">The field of the account that holds the account_id; empty where there is none.</param>
/// <param name="Fields">Of the account, that filters may look at.</param>
internal sealed record ZuoraOwner(string CrmId, string AccountIdField, IReadOnlyList<string> Fields)
{
    private const string Crm = "salesforce";

    public Mapped Account(JsonElement record) => Mapped.ToAccount(record, account => new AccountDiscovered
    {
        Source = ZuoraConnector.Name,
        NativeId = account.RequiredText("id"),
        AccountId = Stated(record),
        Name = account.Text("name"),
        ObservedAt = account.RequiredTime(ZuoraQuery.Stamp),
        Fields = record.Pick(Fields),
        Links = account.Text(CrmId) is { } id ? [new Link(Crm, id)] : [],
    });

    /// <summary>
    /// A subscription or an invoice. What is cancelled, expired or a draft is there still, and no delete. An amendment makes
    /// a new version of a subscription, which has an id of its own and so is an object of its own.
    /// Source: developer.zuora.com, API reference, List subscriptions (querySubscriptions), List invoices (queryInvoices).
    /// </summary>
    public Mapped Child(JsonElement record, string type) => Mapped.ToChild(record, child =>
    {
        var stated = Stated(record.Inside("account"));
        return new ChildObjectReceived
        {
            Source = ZuoraConnector.Name,
            ObjectType = type,
            NativeId = child.RequiredText("id"),
            ObservedAt = child.RequiredTime(ZuoraQuery.Stamp),
            AccountId = stated,
            Claims = stated.IsMissing ? Parent(child) : [],
            Data = record,
        };
    });

    /// <summary>The record in the CRM, which carries the account_id; the account here binds none, and so is named only where there is no other.</summary>
    private IReadOnlyList<Claim> Parent(Fields child) =>
        child.TextWithin("account", CrmId) is { } id ? Owner.Claims(Crm, id, null) : Owner.Claims(ZuoraConnector.Name, child.Text("accountId"), null);

    private StatedAccountId Stated(JsonElement account) => AccountIdField.Length == 0 ? StatedAccountId.Missing : StatedAccountId.Of(account.Inside(AccountIdField));
}
