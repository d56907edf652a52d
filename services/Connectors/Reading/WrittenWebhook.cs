using System.Globalization;
using System.Text.Json;

namespace Pipeline.Connectors.Reading;

/// <summary>
/// A webhook whose users write it themselves, in a rule, a workflow or a flow: they are asked for the header
/// <c>X-Webhook-Secret</c> and the body <c>{"object": "account", "id": "123"}</c>, which only names what has changed.
/// Nothing in it tells a repeat from a second change, so each is taken.
/// </summary>
public static class WrittenWebhook
{
    public const string Header = "X-Webhook-Secret";

    /// <param name="where">Where the users of the system write it.</param>
    /// <param name="id">The ids that the system can have; what is no id is not asked for, where it might spoil the request for others.</param>
    /// <param name="objects">What "object" may say, in any case of letters, and the feed that it is of.</param>
    public static Webhook? Of(SystemSettings settings, string where, Func<string, bool> id, params (string Object, string Feed)[] objects) =>
        settings.OptionalSecret("WebhookSecret", $"sent as {Header} by {where}; opens the webhook") is not { } secret ? null : new Webhook
        {
            Proof = new WebhookProof.SecretHeader(Header, secret),
            DeliveryId = _ => null,
            Read = body => [Read(body.Json, id, objects)],
        };

    /// <summary>An id that is written as a text or as a whole number.</summary>
    public static string Id(this JsonElement body, string name) =>
        body.OptionalText(name) ?? body.OptionalWhole(name)?.ToString(CultureInfo.InvariantCulture) ?? throw new UnknownShapeException($"The body has no \"{name}\" that is a text or a whole number.");

    public static bool IsNumber(string id) => id.Length is > 0 and < 20 && id.All(char.IsAsciiDigit);

    private static Notice.Named Read(JsonElement body, Func<string, bool> isId, IReadOnlyList<(string Object, string Feed)> objects)
    {
        var (name, id) = (body.Text("object"), body.Id("id"));
        if (objects.FirstOrDefault(known => known.Object.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { Feed: { } feed })
            throw new UnknownShapeException($"The \"object\" of the body is none of {string.Join(", ", objects.Select(known => known.Object))}.");
        return isId(id) ? new Notice.Named(feed, id) : throw new UnknownShapeException("The \"id\" of the body is none that the system could have.");
    }
}
