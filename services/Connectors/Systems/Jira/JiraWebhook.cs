using System.Security.Cryptography;
using System.Text.Json;
using Pipeline.Connectors.Reading;

namespace Pipeline.Connectors.Systems.Jira;

/// <summary>
/// A webhook that an administrator made, with a secret; those that apps register are proven by a token of their own and not
/// taken. An issue comes with all of its fields, so it is asked for with the fields that we read; a deleted one is not found
/// any more, and taken as it comes. The webhook has a filter of its own in Jira: write there what stands in Jql. An event
/// that is not about the issue itself, as one of a comment, is followed by one that is.
/// Source: developer.atlassian.com, Jira Cloud platform, Webhooks; WebSub, X-Hub-Signature.
/// </summary>
internal static class JiraWebhook
{
    public static Webhook? Of(SystemSettings settings) =>
        settings.OptionalSecret("WebhookSecret", "of the administrator's webhook; opens the webhook") is not { } secret ? null : new Webhook
        {
            Proof = new WebhookProof.Signature(secret, HashAlgorithmName.SHA256, Signatures.Hex("X-Hub-Signature", "sha256=")),
            DeliveryId = delivery => delivery.Headers("X-Atlassian-Webhook-Identifier"),
            Read = body => Read(body.Json),
        };

    private static IReadOnlyList<Notice> Read(JsonElement told) => told.Text("webhookEvent") switch
    {
        "jira:issue_created" or "jira:issue_updated" => [new Notice.Named(JiraIssues.Name, told.Part("issue").Text("id"))],
        "jira:issue_deleted" => [new Notice.Change(JiraIssues.Name, told.Part("issue"), DeletedAt(told))],
        _ => [],
    };

    private static DateTimeOffset DeletedAt(JsonElement told) =>
        told.OptionalWhole("timestamp") is { } milliseconds and >= 0 and < 253_402_300_800_000
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : throw new UnknownShapeException("The delivery has no \"timestamp\" in milliseconds since 1970.");
}
