using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Contracts.Reading;

namespace Pipeline.Connectors.Systems.Zendesk;

/// <summary>A person known to Zendesk. A deleted one stays, with <c>active</c> false. Source: developer.zendesk.com, Users.</summary>
internal static class ZendeskUser
{
    public static Mapped Map(JsonElement record) => Mapped.ToChild(record, user => new ChildObjectReceived
    {
        Source = ZendeskConnector.Name,
        ObjectType = "user",
        NativeId = user.RequiredText("id"),
        ObservedAt = user.RequiredTime("updated_at"),
        Claims = Organization(user),
        Data = record,
        Deleted = record.TryGetProperty("active", out var active) && active.ValueKind == JsonValueKind.False,
    });

    /// <summary>Without an organization an object claims nothing; events write 0 for none.</summary>
    internal static IReadOnlyList<Claim> Organization(Fields child) =>
        child.Text("organization_id") is { } id and not "0" ? [new Claim(ClaimKind.Parent, id, ZendeskConnector.Name)] : [];
}
