using System.Globalization;
using System.Text.Json;
using Pipeline.Connectors.Reading;

namespace Pipeline.Connectors.Systems.Freshdesk;

/// <summary>
/// Freshdesk: companies as accounts, and the contacts and tickets that belong to them. The API key is the user. Companies
/// have no filter by the change. Source: developers.freshdesk.com/api, Authentication, Pagination, List all companies,
/// List all contacts; that companies take no <c>updated_since</c> is how airbytehq/airbyte, source-freshdesk, reads them.
/// </summary>
public sealed class FreshdeskConnector : IConnector
{
    internal const string Name = "freshdesk";

    public string System => Name;

    public SourceSystem Describe(SystemSettings settings)
    {
        var key = settings.Secret("ApiKey", "of an agent who may see companies, contacts and tickets");
        var accountId = settings.FieldName("AccountIdField", "the field of a company, own or custom, that holds the account_id; without one, contacts and tickets that have no company are found by their email", "account_id");
        var joinDate = settings.FieldName("JoinDateField", "the field of a company, own or custom, that holds the day it joined", "created_at");
        var fields = settings.FieldNames("Fields", "fields of a company, own and custom, that filters may look at", "account_tier", "industry");
        var rows = settings.Whole("PageSize", "records an answer", 100, 1, 100);
        var lag = settings.Duration("Lag", "how late a change may become visible; Freshdesk states none", TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));

        return new SourceSystem(new Authentication.KeyAsUser(key, "X"),
        [
            List("companies", null, record => FreshdeskRecord.Company(record, accountId, joinDate, fields)),
            List("contacts", "_updated_since", FreshdeskRecord.Contact),
            FreshdeskTickets.Feed(rows, lag) with { ById = FreshdeskWebhook.ById("tickets", "?include=requester") },
        ])
        {
            Webhook = FreshdeskWebhook.Of(settings),
        };

        // Their order is not documented.
        Feed List(string list, string? since, Func<JsonElement, Mapped> map) => new()
        {
            Name = list,
            Lag = lag,
            OrderedByCursor = false,
            First = start => VendorRequest.Get($"/api/v2/{list}",
                ("per_page", rows.ToString(CultureInfo.InvariantCulture)), (since ?? "", since is null ? null : StampCursor.From(start) is { } from ? FreshdeskTickets.Text(from) : null)),
            Read = answer => FullPass.Read(answer, answer.Body.Rows(), LinkHeader.Next(answer.Headers), FreshdeskRecord.Stamp),
            Map = map,
            ById = FreshdeskWebhook.ById(list),
        };
    }
}
