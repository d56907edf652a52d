using Pipeline.Connectors.Reading;

namespace Pipeline.Connectors.Systems.Freshdesk;

/// <summary>
/// An automation rule's action "Trigger webhook": a POST as JSON, with a header and a body that the user writes:
/// <c>{"object": "ticket", "id": "{{ticket.id}}"}</c>. Rules are for tickets; what changes of companies and contacts may be told by an app in
/// the same words. Freshdesk signs nothing. Source: support.freshdesk.com, Using webhooks in automation rules;
/// developers.freshdesk.com/api, View a ticket, View a contact, View a company.
/// </summary>
internal static class FreshdeskWebhook
{
    public static Webhook? Of(SystemSettings settings) => WrittenWebhook.Of(settings, "an automation rule", WrittenWebhook.IsNumber,
        ("ticket", "tickets"), ("contact", "contacts"), ("company", "companies"));

    /// <summary>A deleted record is still found, and says that it was deleted.</summary>
    public static Lookup ById(string list, string more = "") => Lookup.One(id => $"/api/v2/{list}/{id}{more}");
}
