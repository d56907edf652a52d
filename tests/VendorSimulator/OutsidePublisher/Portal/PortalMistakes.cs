using System.Globalization;
using Pipeline.VendorSimulator.Truth;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.OutsidePublisher.Portal;

/// <summary>One message of each kind that cannot be used, with the reason that it must be given.</summary>
public static class PortalMistakes
{
    /// <summary>Where the body does not say who sent it.</summary>
    public const string Unknown = "(unknown)";

    /// <summary>Where the body cannot be read as far as its type.</summary>
    public const string Unreadable = "(unreadable)";

    private const int OverOneMebibyte = (1024 * 1024) + 1;

    public static IEnumerable<PortalSending> Of(AccountWorld world)
    {
        var account = world.Of(AccountKind.Good).First().StatedId.GetRawText();
        var at = new DateTimeOffset(2026, 3, 3, 9, 30, 0, TimeSpan.Zero);
        var number = 0;

        yield return Cut("not-json", """{"source":"portal","object_type":"booking",""", "message_unreadable", "portal");
        yield return Cut("empty-body", "", "message_unreadable", Unknown);
        yield return Cut("empty-object", "{}", "message_invalid", Unknown);
        yield return Stated("missing-field", id => Good(id).Replace("\"observed_at\"", "\"observed\"", StringComparison.Ordinal), "message_invalid");
        yield return Stated("mistyped-field", id => Good(id).Replace("\"data\":{\"room\":\"R1\"}", "\"data\":\"R1\"", StringComparison.Ordinal), "message_invalid");
        yield return Stated("too-large", id => PortalObjects.Body("booking", id, account, at, new { room = new string('x', OverOneMebibyte) }), "message_too_large");
        yield return Stated("nul-in-text", id => Good(id).Replace("\"R1\"", "\"R\\u00001\"", StringComparison.Ordinal), "message_invalid");
        yield return Stated("account-id-with-fraction", id => PortalObjects.Body("booking", id, "12345.0", at, new { room = "R1" }), "account_id_not_text");
        yield return Stated("account-id-true", id => PortalObjects.Body("booking", id, "true", at, new { room = "R1" }), "account_id_not_text");
        yield return Stated("no-claim", id => PortalObjects.Body("booking", id, "null", at, new { room = "R1" }), "account_id_missing");
        yield return Stated("time-without-offset", id => Good(id).Replace(".000Z", "", StringComparison.Ordinal), "message_invalid");

        string Good(string id) => PortalObjects.Body("booking", id, account, at, new { room = "R1" });

        PortalSending Stated(string name, Func<string, string> body, string reason)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"BK-9{++number:0000}");
            return new(PortalObjects.Message(world.Seed, name, body(id)), new ChildTruth("portal", IsRead(reason) ? "booking" : Unreadable, id, ChildTruth.DeadLettered, reason));
        }

        PortalSending Cut(string name, string body, string reason, string source) => new(
            PortalObjects.Message(world.Seed, name, body),
            new ChildTruth(source, Unreadable, name, ChildTruth.DeadLettered, reason));

        // A body that is refused by its claims was read whole before.
        static bool IsRead(string reason) => reason.StartsWith("account_id_", StringComparison.Ordinal);
    }
}
