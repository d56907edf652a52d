using Pipeline.Connectors.Reading;

namespace Pipeline.Connectors.Systems.Freshsales;

/// <summary>
/// A workflow's action "Trigger webhook", one workflow for each of account, contact and deal: a POST as JSON, with a header
/// and a body that the user writes: <c>{"object": "contact", "id": "..."}</c>, the id by the workflow's placeholder. Freshsales
/// signs nothing. Source: crmsupport.freshworks.com, Webhooks in workflows; developers.freshworks.com/crm/api, View an
/// account, View a contact, View a deal. That what is included stands in the record, as in the lists, is not documented for deals.
/// </summary>
internal static class FreshsalesWebhook
{
    public static Webhook? Of(SystemSettings settings) => WrittenWebhook.Of(settings, "a workflow", WrittenWebhook.IsNumber,
        ("account", "sales_accounts"), ("contact", "contacts"), ("deal", "deals"));

    /// <summary>An answer holds the record under the name of one of its list.</summary>
    public static Lookup ById(string list, string? include) =>
        Lookup.One(id => $"/crm/sales/api/{list}/{id}{(include is null ? "" : $"?include={include}")}", list[..^1]);
}
