using System.Text.Json;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Intercom;

/// <summary>Intercom's ways to write ids, stamps and lists.</summary>
public static class IntercomForm
{
    public const string Workspace = "nordlicht1";

    public static string Id(Random random) => Chance.Hex(random, 24, "667d");

    /// <summary>The next stamp, in whole seconds: the same one across the ends of pages of 20, 40, ... rows.</summary>
    public static DateTimeOffset Next(DateTimeOffset stamp, int index, Random random) =>
        index > 0 && index % 20 is > 17 or < 3 ? stamp : stamp.AddSeconds(random.Next(600, 60_000));

    /// <summary>A list inside a record; it holds ten entries at most.</summary>
    public static object List(string url, params object[] data) => new { type = "list", data, url, total_count = data.Length, has_more = false };

    /// <summary>A conversation as it is told of, and given alone.</summary>
    public static Dictionary<string, object> WithParts(JsonElement conversation)
    {
        var whole = conversation.EnumerateObject().ToDictionary(field => field.Name, object (field) => field.Value);
        whole["conversation_parts"] = new { type = "conversation_part.list", conversation_parts = Array.Empty<object>(), total_count = 0 };
        return whole;
    }

    /// <summary>The contacts of a conversation or a ticket.</summary>
    public static object Contacts(IntercomContact? contact) => new
    {
        type = "contact.list",
        contacts = contact is null ? [] : new[] { new { type = "contact", id = contact.Id, external_id = contact.ExternalId } },
    };
}
