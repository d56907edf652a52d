using System.Globalization;
using System.Text.Json;
using Pipeline.Connectors.Reading;

namespace Pipeline.Connectors.Systems.Capsule;

/// <summary>
/// Capsule: organisations as accounts, and the people, opportunities and projects that belong to them. A list shows what
/// has changed since a time, in no documented order. Deletions are not shown, but told by REST hooks. Source: developer.capsulecrm.com/v2,
/// Authentication, Reading from the API, and the operations of Party, Opportunity and Project.
/// </summary>
public sealed class CapsuleConnector : IConnector
{
    internal const string Name = "capsule";

    public string System => Name;

    public SourceSystem Describe(SystemSettings settings)
    {
        var token = settings.Secret("Token", "a personal access token, or one of OAuth 2");
        var accountId = settings.Text("AccountIdField", "what holds the account_id of an organisation: the name or id of a custom field, or website for its first address", "website");
        var joinDate = settings.Text("JoinDateField", "the field, or the name or id of the custom field, of an organisation that holds the day it joined", "createdAt");
        var fields = settings.Text("Fields", "fields of an organisation that filters may look at, own and custom ones, with commas between", "");
        var rows = settings.Whole("PageSize", "records an answer", 100, 1, 100);
        var lag = settings.Duration("Lag", "how late a change may become visible; Capsule states none", TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        var names = fields.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

        return new SourceSystem(new Authentication.Bearer(token),
        [
            List("parties", "fields,organisation", record => CapsuleParty.Map(record, accountId, joinDate, names)),
            List("opportunities", "fields,party", record => CapsuleChild.Map(record, "opportunity")),
            List("kases", "fields,party", record => CapsuleChild.Map(record, "project")),
        ])
        {
            Webhook = CapsuleWebhook.Of(settings),
        };

        Feed List(string list, string embed, Func<JsonElement, Mapped> map) => new()
        {
            Name = list,
            Lag = lag,
            OrderedByCursor = false,
            First = start => VendorRequest.Get($"/api/v2/{list}", ("perPage", rows.ToString(CultureInfo.InvariantCulture)), ("embed", embed), ("since", Since(start))),
            Read = answer => FullPass.Read(answer, answer.Body.List(list), LinkHeader.Next(answer.Headers), CapsuleParty.Stamp),
            Map = map,
            ById = CapsuleWebhook.ById(list, embed),
        };
    }

    /// <summary>What has changed after this second, and before it the one that the filter may leave out.</summary>
    private static string? Since(Start start) =>
        StampCursor.From(start)?.AddSeconds(-1).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
