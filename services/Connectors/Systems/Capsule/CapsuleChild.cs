using System.Text.Json;
using Pipeline.Connectors.Reading;
using Pipeline.Contracts;
using Pipeline.Contracts.Reading;

namespace Pipeline.Connectors.Systems.Capsule;

/// <summary>
/// What belongs to an organisation: a person by <c>organisation</c>, an opportunity or a project by <c>party</c>. That may
/// be a person, whose organisation is then asked for by <c>embed=party</c>; one without an organisation is no account, so
/// that only the email says whose it is.
/// Source: developer.capsulecrm.com/v2, models Party, Opportunity, Project.
/// </summary>
internal static class CapsuleChild
{
    public static Mapped Map(JsonElement record, string objectType) => Mapped.ToChild(record, child => new ChildObjectReceived
    {
        Source = CapsuleConnector.Name,
        ObjectType = objectType,
        NativeId = child.RequiredText("id"),
        ObservedAt = child.RequiredTime(CapsuleParty.Stamp),
        Claims = objectType == "person" ? Claims(child, child.TextWithin("organisation", "id")) : PartyClaims(child),
        Data = record,
    });

    private static IReadOnlyList<Claim> PartyClaims(Fields child)
    {
        if (child.JsonObject("party") is not { ValueKind: JsonValueKind.Object } json) return [];
        var party = new Fields(json, "party.");
        var organisation = party.Text("type") == "person" ? party.TextWithin("organisation", "id") : party.Text("id");
        var claims = Claims(party, organisation);
        if (party.Refusal is { } refusal) child.Refuse(refusal);
        return claims;
    }

    private static IReadOnlyList<Claim> Claims(Fields party, string? organisation) =>
        Owner.Claims(CapsuleConnector.Name, organisation, CapsuleParty.Emails(party) is [var first, ..] ? first : null);
}
