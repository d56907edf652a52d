using Pipeline.Connectors.Reading;

namespace Pipeline.Connectors.Systems.Intercom;

/// <summary>
/// Intercom: companies as accounts, and the contacts, conversations and tickets that belong to them. A company without
/// users is not shown. Source: developers.intercom.com, REST API 2.11, Authentication, Scroll over all companies, Search
/// contacts, Search conversations, Search tickets.
/// </summary>
public sealed class IntercomConnector : IConnector
{
    internal const string Name = "intercom";

    public string System => Name;

    public SourceSystem Describe(SystemSettings settings)
    {
        var token = settings.Secret("Token", "the access token of a private app");
        var version = settings.Text("ApiVersion", "sent as Intercom-Version", "2.11");
        var accountId = settings.Text("AccountIdField", "the field or custom attribute of a company that holds the account_id", "company_id");
        var contactAccountId = settings.Text("ContactAccountIdField", "the field or custom attribute of a contact that holds the account_id; without one, or where it is empty, its first company is asked", "");
        var joinDate = settings.Text("JoinDateField", "the field or custom attribute of a company that holds when it joined, in epoch seconds: created_at, or remote_created_at where the company says it itself", "created_at");
        var fields = settings.FieldNames("Fields", "fields and custom attributes of a company that filters may look at", "monthly_spend", "user_count", "industry");
        var rows = settings.Whole("PageSize", "records an answer of a search; the pages of a scroll have a size of their own", 150, 1, 150);
        var lag = settings.Duration("Lag", "how late a change may be found by a search", TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));

        return new SourceSystem(new Authentication.Bearer(token),
        [
            IntercomCompanies.Feed(record => IntercomRecord.Company(record, accountId, joinDate, fields)),
            // Contacts are compared by the day, and the day itself is left out: a day earlier it is within. What is too old is dropped here.
            IntercomSearch.Feed("contacts", "data", rows, lag, TimeSpan.FromDays(1), record => IntercomRecord.Contact(record, contactAccountId)) with
            {
                OrderedByCursor = false,
                Read = answer => FullPass.Read(answer, answer.Body.List("data"), IntercomSearch.Next(answer), record => record.OptionalEpoch(IntercomRecord.Stamp)),
            },
            IntercomSearch.Feed("conversations", "conversations", rows, lag, TimeSpan.FromSeconds(1), record => IntercomRecord.Dialogue(record, "conversation")) with { ById = IntercomWebhook.Conversation },
            IntercomSearch.Feed("tickets", "tickets", rows, lag, TimeSpan.FromSeconds(1), record => IntercomRecord.Dialogue(record, "ticket")) with { ById = Lookup.One(id => $"/tickets/{id}") },
        ])
        {
            Headers = new Dictionary<string, string> { ["Intercom-Version"] = version },
            Webhook = IntercomWebhook.Of(settings),
        };
    }
}
