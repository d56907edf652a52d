using System.Text.Json;
using Pipeline.Connectors.Reading;
using Pipeline.Contracts;

namespace Pipeline.Connectors.Systems.Zendesk;

/// <summary>A ticket. Source: developer.zendesk.com, Tickets.</summary>
internal static class ZendeskTicket
{
    public static Mapped Map(JsonElement record) => Mapped.ToChild(record, ticket => new ChildObjectReceived
    {
        Source = ZendeskConnector.Name,
        ObjectType = "ticket",
        NativeId = ticket.RequiredText("id"),
        ObservedAt = Later(ticket.RequiredTime("updated_at"), record.OptionalWhole("generated_timestamp")),
        Claims = ZendeskUser.Organization(ticket),
        Data = record,
        Deleted = record.OptionalText("status") == "deleted",
    });

    /// <summary>
    /// System changes, deletion among them, move <c>generated_timestamp</c> (epoch seconds) and leave <c>updated_at</c>;
    /// the later one is the version, or such a change would look like the same version with another content.
    /// </summary>
    private static DateTimeOffset Later(DateTimeOffset updated, long? generated) =>
        generated is { } seconds and > 0 and < 253402300800 && DateTimeOffset.FromUnixTimeSeconds(seconds) is var time && time > updated ? time : updated;
}
