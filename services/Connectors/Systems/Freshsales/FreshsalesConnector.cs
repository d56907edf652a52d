using System.Globalization;
using System.Text.Json;
using Pipeline.Connectors.Reading;

namespace Pipeline.Connectors.Systems.Freshsales;

/// <summary>
/// Freshsales: accounts, and the contacts and deals that belong to them. There are no plain lists, only views that users
/// make, name and translate; their ids are settings, as <c>GET /sales_accounts/filters</c> and its like show them. A view
/// has no filter by the change: each pass reads it whole, newest change first, so that what changes meanwhile pushes
/// records to later pages and hides none. 1000 requests an hour are allowed, so many records want a longer PollInterval.
/// Source: developers.freshworks.com/crm/api, Authentication, List all accounts, List all contacts, List all deals;
/// airbytehq/airbyte, source-freshsales, for the sort, and its issue 30932 for the views.
/// </summary>
public sealed class FreshsalesConnector : IConnector
{
    internal const string Name = "freshsales";

    public string System => Name;

    public SourceSystem Describe(SystemSettings settings)
    {
        var key = settings.Secret("ApiKey", "of a user who may see all accounts, contacts and deals");
        var accounts = settings.Text("SalesAccountsView", "the id of the view that shows all accounts");
        var contacts = settings.Text("ContactsView", "the id of the view that shows all contacts");
        var deals = settings.Text("DealsView", "the id of the view that shows all deals");
        var accountId = settings.FieldName("AccountIdField", "the field of an account, own or custom, that holds the account_id", "id");
        var contactAccountId = settings.Text("ContactAccountIdField", "the field of a contact, own or custom, that holds the account_id, as sales_account_id; without one, or where it is empty, its account is asked", "");
        var joinDate = settings.FieldName("JoinDateField", "the field of an account, own or custom, that holds the day the customer joined", "created_at");
        var fields = settings.FieldNames("Fields", "fields of an account, own and custom, that filters may look at", "number_of_employees", "country");
        var rows = settings.Whole("PageSize", "records an answer; where the system sends fewer, what it says of its pages counts", 100, 1, 100);
        var lag = settings.Duration("Lag", "how late a change may become visible; Freshsales states none", TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));

        return new SourceSystem(new Authentication.Header("Authorization", key, "Token token="),
        [
            View("sales_accounts", accounts, null, record => FreshsalesRecord.Account(record, accountId, joinDate, fields)),
            View("contacts", contacts, "sales_accounts", record => FreshsalesRecord.Contact(record, contactAccountId)),
            View("deals", deals, "sales_account", FreshsalesRecord.Deal),
        ])
        {
            Webhook = FreshsalesWebhook.Of(settings),
        };

        Feed View(string list, string view, string? include, Func<JsonElement, Mapped> map)
        {
            return new Feed
            {
                Name = list,
                Lag = lag,
                OrderedByCursor = false,
                First = _ => Ask(1),
                Read = answer =>
                {
                    var records = answer.Body.List(list);
                    var number = int.Parse(answer.Request.Query("page")!, CultureInfo.InvariantCulture);
                    return FullPass.Read(answer, records, IsLast(answer.Body, records.Count, number) ? null : Ask(number + 1), FreshsalesRecord.Stamp) with
                    {
                        Total = answer.Body.Inside("meta").OptionalWhole("total"),
                    };
                },
                Map = map,
                ById = FreshsalesWebhook.ById(list, include),
            };

            VendorRequest Ask(int number) => VendorRequest.Get($"/crm/sales/api/{list}/view/{view}",
                ("page", number.ToString(CultureInfo.InvariantCulture)), ("per_page", rows.ToString(CultureInfo.InvariantCulture)),
                ("sort", FreshsalesRecord.Stamp), ("sort_type", "desc"), ("include", include));
        }

        // Not every view says how many pages it has.
        bool IsLast(JsonElement body, int count, int number) =>
            count == 0 || (body.Inside("meta").OptionalWhole("total_pages") is { } pages ? number >= pages : count < rows);
    }
}
