using System.Globalization;
using System.Text.Json;
using Pipeline.Connectors.Reading;

namespace Pipeline.Connectors.Systems.Chargebee;

/// <summary>
/// Chargebee customers, and the subscriptions, invoices and transactions that belong to them, deleted ones among them.
/// The first pass has no filter, for rows that were never touched since 2016 have no <c>updated_at</c> and pass none.
/// Source: apidocs.chargebee.com, API v2, List customers, List subscriptions, List invoices, List transactions, Pagination.
/// </summary>
public sealed class ChargebeeConnector : IConnector
{
    internal const string Name = "chargebee";
    internal const string Stamp = "updated_at";

    public string System => Name;

    public SourceSystem Describe(SystemSettings settings)
    {
        var key = settings.Secret("ApiKey", "a key that may read");
        var place = new ChargebeeCustomer(
            settings.FieldName("AccountIdIn", "where AccountIdField is: in the customer itself, or in its meta_data", "customer"),
            settings.FieldName("AccountIdField", "the custom field, the key of meta_data, or id", "cf_account_id"),
            settings.FieldName("JoinDateField", "the field of the customer that holds when it joined: seconds since 1970, or a date", "created_at"),
            settings.FieldNames("Fields", "fields of the customer that filters may look at", "auto_collection", "preferred_currency_code"));
        var rows = settings.Whole("PageSize", "records an answer", 100, 1, 100);
        var lag = settings.Duration("Lag", "how late a change may become visible; the lists are eventually consistent", TimeSpan.FromMinutes(5), TimeSpan.Zero, TimeSpan.FromHours(1));

        return new SourceSystem(new Authentication.KeyAsUser(key),
        [
            List("customers", "customer", place.Map),
            List("subscriptions", "subscription", record => ChargebeeChild.Map("subscription", record)),
            List("invoices", "invoice", record => ChargebeeChild.Map("invoice", record)),
            List("transactions", "transaction", record => ChargebeeChild.Map("transaction", record)),
        ])
        {
            Webhook = ChargebeeWebhook.Of(settings),
        };

        Feed List(string name, string wrapper, Func<JsonElement, Mapped> map) => new()
        {
            Name = name,
            Lag = lag,
            First = start => Changed($"/api/v2/{name}", rows, StampCursor.From(start)),
            Read = answer => Read(answer, wrapper),
            Map = map,
        };
    }

    /// <summary><c>after</c> leaves out the second that it names, so the one before is named.</summary>
    private static VendorRequest Changed(string path, int rows, DateTimeOffset? from) => VendorRequest.Get(path,
        ("limit", rows.ToString(CultureInfo.InvariantCulture)), ("include_deleted", "true"), ("sort_by[asc]", Stamp),
        ("updated_at[after]", from is { } time ? (time.ToUnixTimeSeconds() - 1).ToString(CultureInfo.InvariantCulture) : null));

    private static Page Read(Answer answer, string wrapper)
    {
        var records = answer.Body.List("list");
        var next = answer.Body.OptionalText("next_offset") is { } offset ? WithOffset(answer.Request, offset) : null;
        return new Page(records, next, StampCursor.After(answer.Pass, records, record => record.Inside(wrapper).OptionalEpoch(Stamp)));
    }

    private static VendorRequest WithOffset(VendorRequest request, string offset) =>
        request with { Path = $"{request.Path.Split("&offset=", 2)[0]}&offset={Uri.EscapeDataString(offset)}" };

    /// <summary>
    /// When the record changed. <c>updated_at</c> has whole seconds; <c>resource_version</c> counts up with each change and
    /// is that time in milliseconds, which is taken where it agrees, so that two changes in one second keep their order.
    /// </summary>
    internal static DateTimeOffset Version(JsonElement record, DateTimeOffset changed) =>
        record.OptionalWhole("resource_version") is { } version && version - changed.ToUnixTimeMilliseconds() is > -5000 and < 5000
            ? DateTimeOffset.FromUnixTimeMilliseconds(version) : changed;
}
