using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Pipeline.Connectors.Reading;
using Pipeline.Contracts.Reading;

namespace Pipeline.Connectors.Systems.Zendesk;

/// <summary>
/// Events of organizations, users and tickets. An event holds a few fields of the record, so that the record is asked for;
/// one that is gone is not found any more, and is taken from the event. What is signed is the time of the header, directly
/// followed by the body. Zendesk gives no tolerance for that time; the one here is ours.
/// Source: developer.zendesk.com, Verifying webhook authenticity; Webhook event types; Show Many Tickets, Users, Organizations.
/// </summary>
internal static class ZendeskWebhook
{
    private const string Type = "zen:event-type:";
    private const int Most = 100;

    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public static Webhook? Of(SystemSettings settings) =>
        settings.OptionalSecret("WebhookSecret", "the signing secret of the webhook; opens the webhook") is not { } secret ? null : new Webhook
        {
            Proof = new WebhookProof.Signature(secret, HashAlgorithmName.SHA256, Claim) { Window = Tolerance },
            DeliveryId = delivery => delivery.Body.Json.OptionalText("id"),
            Read = body => body.Json.Text("type") is var type && type.StartsWith(Type, StringComparison.Ordinal) && type[Type.Length..].Split('.') is [var of, var what] && ListOf(of) is { } list
                ? [Notice(list, what, body.Json)]
                : [],
        };

    public static Lookup ById(string list) => new(Most, ids => VendorRequest.Get($"/api/v2/{list}/show_many.json", ("ids", string.Join(',', ids))), answer => answer.List(list));

    private static Notice Notice(string list, string what, JsonElement body)
    {
        var detail = body.Part("detail");
        if (what is "deleted" or "soft_deleted" or "permanently_deleted" && WireTime.Parse(body.Text("time")) is { } time) return new Notice.Change(list, detail, time);
        return detail.Id("id") is var id && WrittenWebhook.IsNumber(id) ? new Notice.Named(list, id) : throw new UnknownShapeException("The \"id\" of the detail is no number.");
    }

    private static string? ListOf(string of) => of switch
    {
        "organization" => "organizations",
        "user" => "users",
        "ticket" => "tickets",
        _ => null,
    };

    private static SignatureClaim? Claim(Func<string, string> headers)
    {
        var time = headers("X-Zendesk-Webhook-Signature-Timestamp");
        return Signatures.OfBase64(headers("X-Zendesk-Webhook-Signature")) is { } signature && DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? new SignatureClaim([signature], time, at)
            : null;
    }
}
