using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pipeline.VendorSimulator.Systems.Zendesk;

/// <summary>Tickets that change after the first export: some are solved, some that were restored are deleted anew.</summary>
public static class ZendeskChanges
{
    private const int Solved = 12;
    private const int Deleted = 3;

    public static IReadOnlyList<ZendeskRow> Of(IReadOnlyList<ZendeskRow> tickets)
    {
        var stamp = tickets.Max(row => row.Stamp);
        var ofOrganizations = tickets.Where(row => row.Json.GetProperty("organization_id").ValueKind == JsonValueKind.Number).ToLookup(IsDeleted);
        return [.. ofOrganizations[false].Where((_, index) => index % 200 == 77).Take(Solved).Concat(ofOrganizations[true].Take(Deleted)).Select(row => Changed(row, stamp += 60))];
    }

    public static bool IsDeleted(ZendeskRow row) => row.Json.GetProperty("status").GetString() == "deleted";

    private static ZendeskRow Changed(ZendeskRow row, long stamp)
    {
        var ticket = JsonObject.Create(row.Json.Clone())!;
        if (!IsDeleted(row)) ticket["status"] = "solved";
        ticket["updated_at"] = ZendeskRow.Time(DateTimeOffset.FromUnixTimeSeconds(stamp));
        ticket["generated_timestamp"] = stamp;
        return new ZendeskRow(stamp, row.Id, JsonSerializer.SerializeToElement(ticket));
    }
}
