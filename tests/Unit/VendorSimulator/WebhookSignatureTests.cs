using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.Systems.Delighted;
using Pipeline.VendorSimulator.Systems.Intercom;
using Pipeline.VendorSimulator.Systems.Jira;
using Pipeline.VendorSimulator.Systems.Xero;
using Pipeline.VendorSimulator.Systems.Zuora;
using Pipeline.VendorSimulator.World;

namespace Pipeline.Unit.Tests.VendorSimulator;

public sealed class WebhookSignatureTests
{
    private const string Secret = "simulator-webhook";

    private static readonly AccountWorld World = AccountWorld.Of(7);

    private readonly HandClock _clock = new();

    [Fact]
    public void Jira_signs_the_body_and_keeps_its_identifier()
    {
        var issue = JiraIssues.Rows(World).Last(row => row.Gone);
        var call = JiraWebhook.Call(Secret, issue, isNew: false);
        Assert.Equal("sha256=" + Hmac(SHA256.HashData, call.Body), call.Headers["X-Hub-Signature"]);
        Assert.Equal(call.Headers["X-Atlassian-Webhook-Identifier"], JiraWebhook.Call(Secret, issue, isNew: false).Headers["X-Atlassian-Webhook-Identifier"]);
        Assert.Equal(("jira:issue_deleted", issue.Id), (Json(call).OptionalText("webhookEvent"), Json(call).GetProperty("issue").OptionalText("id")));
    }

    [Fact]
    public void Intercom_signs_the_body_by_sha1()
    {
        var people = IntercomContacts.Of(World, IntercomCompanies.Of(World));
        var call = IntercomWebhook.Call(Secret, IntercomConversations.Rows(World, people).Last(), isNew: false);
        Assert.Equal("sha1=" + Hmac(SHA1.HashData, call.Body), call.Headers["X-Hub-Signature"]);
        Assert.Equal("conversation.admin.closed", Json(call).OptionalText("topic"));
    }

    [Fact]
    public void Delighted_signs_the_body()
    {
        var call = DelightedWebhook.Call(Secret, DelightedResponses.Rows(World, DelightedPeople.Of(World)).Last(), isNew: true);
        Assert.Equal("sha256=" + Hmac(SHA256.HashData, call.Body), call.Headers["X-Delighted-Webhook-Signature"]);
        Assert.Equal("survey_response.created", Json(call).OptionalText("event_type"));
    }

    [Fact]
    public void Xero_asks_for_the_intent_to_receive_before_it_sends_events()
    {
        var contacts = new ChangingRows("contacts", [.. XeroContacts.Rows(World, XeroContacts.Of(World))], 0, _clock);
        contacts.MarkServed(contacts.Visible);
        var none = new ChangingRows("none", [], 0, _clock);
        var webhook = new XeroWebhook(new XeroSettings(), new Dictionary<string, ChangingRows> { ["Contacts"] = contacts, ["Invoices"] = none, ["CreditNotes"] = none });

        var intent = webhook.Told();
        Assert.Equal([(401, false), (200, true)], intent.Select(call => (call.Expected, IsRight(call))));
        Assert.All(intent, call => Assert.Empty(Json(call).GetProperty("events").EnumerateArray()));
        var call = Assert.Single(webhook.Told());
        Assert.True(IsRight(call));
        Assert.Equal((1, 4), (Json(call).GetProperty("firstEventSequence").GetInt32(), Json(call).GetProperty("lastEventSequence").GetInt32()));
        Assert.Equal(contacts.Visible.TakeLast(4).Select(row => row.Id), Json(call).GetProperty("events").EnumerateArray().Select(change => change.OptionalText("resourceId")));
        Assert.Empty(webhook.Told());

        static bool IsRight(WebhookCall call) => call.Headers["x-xero-signature"] == Convert.ToBase64String(Convert.FromHexString(Hmac(SHA256.HashData, call.Body)));
    }

    [Fact]
    public void A_callout_of_zuora_has_another_id_on_each_attempt()
    {
        var account = ZuoraData.Rows(World).Last(row => row.Late);
        var (first, second) = (ZuoraWebhook.Call(new ZuoraSettings(), "account", account, _clock.GetUtcNow()), ZuoraWebhook.Call(new ZuoraSettings(), "account", account, _clock.GetUtcNow()));
        Assert.Equal("Basic cGlwZWxpbmU6c2ltdWxhdG9yLXdlYmhvb2s=", first.Headers["Authorization"]);
        Assert.NotEqual(first.Headers["Zuora-Request-Id"], second.Headers["Zuora-Request-Id"]);
        Assert.Equal($$"""{"object":"account","id":"{{account.Id}}"}""", Encoding.UTF8.GetString(first.Body));
    }

    private static JsonElement Json(WebhookCall call) => JsonSerializer.Deserialize<JsonElement>(call.Body);

    /// <summary>Worked out from the plain hash, by RFC 2104 §2; both hashes have blocks of 64 bytes.</summary>
    private static string Hmac(Func<byte[], byte[]> hash, byte[] body)
    {
        byte[] key = [.. Encoding.UTF8.GetBytes(Secret), .. new byte[64 - Secret.Length]];
        var inner = hash([.. key.Select(octet => (byte)(octet ^ 0x36)), .. body]);
        return Convert.ToHexStringLower(hash([.. key.Select(octet => (byte)(octet ^ 0x5c)), .. inner]));
    }
}
