using System.Globalization;
using System.Text.Json;
using Pipeline.Connectors.Reading;
using Pipeline.Contracts;

namespace Pipeline.Connectors.Systems.Recurly;

/// <summary>
/// Recurly accounts, and the subscriptions, invoices and transactions that belong to them. Every list is asked for in
/// ascending order of its change: in the other one, whatever changes meanwhile moves behind the cursor. The version of the
/// API goes into Accept; without it the answer is 406. Source: recurly.com/developers, API v2021-02-25, Pagination, List
/// accounts, List subscriptions, List invoices, List transactions.
/// </summary>
public sealed class RecurlyConnector : IConnector
{
    private const string Name = "recurly";
    private const string Stamp = "updated_at";

    public string System => Name;

    public SourceSystem Describe(SystemSettings settings)
    {
        var key = settings.Secret("ApiKey", "a private key; one that may only read is enough");
        var version = settings.Text("ApiVersion", "sent in Accept", "v2021-02-25");
        var accountId = settings.FieldName("AccountIdField", "the field of the account that holds the account_id: code, or email", "code");
        var joinDate = settings.FieldName("JoinDateField", "the field of the account that holds the day the customer joined", "created_at");
        var fields = settings.FieldNames("Fields", "fields of the account that filters may look at", "state", "code");
        var rows = settings.Whole("PageSize", "records an answer", 200, 1, 200);
        var lag = settings.Duration("Lag", "how late a change may become visible; Recurly states none", TimeSpan.FromMinutes(1), TimeSpan.Zero, TimeSpan.FromHours(1));

        return new SourceSystem(new Authentication.KeyAsUser(key),
        [
            List("accounts", record => Account(record, accountId, joinDate, fields)),
            List("subscriptions", record => Child("subscription", record)),
            List("invoices", record => Child("invoice", record)),
            List("transactions", record => Child("transaction", record)),
        ])
        {
            Headers = new Dictionary<string, string> { ["Accept"] = $"application/vnd.recurly.{version}" },
            Webhook = RecurlyWebhook.Of(settings),
        };

        Feed List(string name, Func<JsonElement, Mapped> map) => new()
        {
            Name = name,
            Lag = lag,
            First = start => Changed($"/{name}", rows, StampCursor.From(start)),
            Read = Read,
            Map = map,
            ById = Lookup.One(id => $"/{name}/{id}"),
        };
    }

    /// <summary><c>begin_time</c> is inclusive and goes by the field of the sort.</summary>
    private static VendorRequest Changed(string path, int rows, DateTimeOffset? from) => VendorRequest.Get(path,
        ("limit", rows.ToString(CultureInfo.InvariantCulture)), ("sort", Stamp), ("order", "asc"),
        ("begin_time", from?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)));

    private static Page Read(Answer answer)
    {
        var records = answer.Body.List("data");
        var next = answer.Body.Flag("has_more") ? new VendorRequest(answer.Body.Text("next")) : null;
        return new Page(records, next, StampCursor.After(answer.Pass, records, Stamp));
    }

    /// <summary>
    /// Recurly deletes no account, it makes it inactive. The state says so; <c>deleted_at</c> tells only when it last was.
    /// </summary>
    private static Mapped Account(JsonElement record, string accountId, string joinDate, IReadOnlyList<string> fields) =>
        Mapped.ToAccount(record, account => new AccountDiscovered
        {
            Source = Name,
            NativeId = account.RequiredText("id"),
            AccountId = account.AccountId(accountId),
            Name = account.Name("company"),
            JoinDate = account.DateOrTime(joinDate),
            ObservedAt = account.RequiredTime(Stamp),
            Emails = account.Text("email") is { } email ? [email] : [],
            Fields = record.Pick(fields),
            Deleted = record.OptionalText("state") == "inactive",
        });

    private static Mapped Child(string type, JsonElement record) => Mapped.ToChild(record, child => new ChildObjectReceived
    {
        Source = Name,
        ObjectType = type,
        NativeId = child.RequiredText("id"),
        ObservedAt = child.RequiredTime(Stamp),
        Claims = Owner.Claims(Name, child.TextWithin("account", "id"), child.TextWithin("account", "email")),
        Data = record,
    });
}
