using System.Text.Json;
using Pipeline.Connectors.Reading;
using Pipeline.Contracts.Reading;

namespace Pipeline.Connectors.Systems.Capsule;

/// <summary>
/// REST hooks: the name of an event and the records that it is of, several in one delivery. They come without custom fields
/// and without what is embedded elsewhere, so the records are asked for; what is deleted is taken as it comes. Capsule signs
/// nothing and sends no header of ours, but the address of a hook may hold a user and a password, which HTTP clients send as
/// HTTP Basic: <c>https://capsule:SECRET@.../webhooks/capsule</c>. That Capsule does so is not confirmed; else a proxy must put the header there.
/// Source: developer.capsulecrm.com/v2, Avoid polling with REST Hooks; operations of Party, Opportunity and Project, which show
/// ten records at most by their ids.
/// </summary>
internal static class CapsuleWebhook
{
    private const int Most = 10;

    /// <summary>The name of one record, in events and answers, and of its list.</summary>
    private static readonly (string One, string List)[] Lists = [("party", "parties"), ("opportunity", "opportunities"), ("kase", "kases")];

    public static Webhook? Of(SystemSettings settings)
    {
        var user = settings.Text("WebhookUser", "the user in the address of the REST hooks", CapsuleConnector.Name);
        return settings.OptionalSecret("WebhookSecret", "the password in the address of the REST hooks; opens the webhook") is not { } secret ? null : new Webhook
        {
            Proof = new WebhookProof.Basic(user, secret),
            DeliveryId = _ => null,
            Read = body => body.Json.Text("event").Split('/') is [var of, var what] && ListOf(of) is { } list
                ? [.. body.Json.List("payload").Select(record => Notice(list, what, record))]
                : [],
        };
    }

    /// <summary>One id is answered with the record under its own name, several with a list.</summary>
    public static Lookup ById(string list, string embed) => new(
        Most,
        ids => VendorRequest.Get($"/api/v2/{list}/{string.Join(',', ids.Select(Uri.EscapeDataString))}", ("embed", embed)),
        answer => answer.Inside(list).ValueKind == JsonValueKind.Array ? answer.List(list) : [answer.Part(Lists.First(known => known.List == list).One)]);

    private static string? ListOf(string of) => Lists.FirstOrDefault(known => known.One == of).List;

    /// <summary>The delivery does not say when a record was deleted: after the last change, whose stamp has whole seconds.</summary>
    private static Notice Notice(string list, string what, JsonElement record)
    {
        if (what != "deleted") return new Notice.Named(list, record.Id("id"));
        var updated = record.OptionalText(CapsuleParty.Stamp) is { } stamp ? WireTime.Parse(stamp) : null;
        return new Notice.Change(list, record, updated?.AddSeconds(1));
    }
}
