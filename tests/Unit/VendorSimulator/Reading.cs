using System.Text.Json;

namespace Pipeline.Unit.Tests.VendorSimulator;

/// <summary>Reads all rows of a system, page after page, as a careful client does.</summary>
public static class Reading
{
    public const string AllAccounts =
        "SELECT Id, Name, Type, Account_ID__c, Customer_Since__c, Zuora_Account_Id__c, SystemModstamp FROM Account WHERE SystemModstamp >= 2025-01-01T00:00:00.000+0000 ORDER BY SystemModstamp, Id";

    public static async Task<List<JsonElement>> SalesforceRows(this RunningSimulator simulator, string soql = AllAccounts, string verb = "query")
    {
        var token = await simulator.SalesforceToken();
        var rows = new List<JsonElement>();
        string? next = $"/salesforce/services/data/v63.0/{verb}?q={Uri.EscapeDataString(soql)}";
        while (next is not null)
        {
            var page = await simulator.GetJson(next, token);
            rows.AddRange(page.GetProperty("records").EnumerateArray());
            next = page.GetProperty("done").GetBoolean() ? null : page.GetProperty("nextRecordsUrl").GetString();
        }

        return rows;
    }

    public static async Task<List<JsonElement>> ZuoraRows(this RunningSimulator simulator, int pageSize = 99, string objects = "accounts")
    {
        var token = await simulator.ZuoraToken();
        var rows = new List<JsonElement>();
        var query = $"/zuora/object-query/{objects}?pageSize={pageSize}&sort[]=updateddate.ASC&filter[]=updateddate.GE:2025-01-01T00:00:00Z{(objects == "accounts" ? "" : "&expand[]=account")}";
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await simulator.GetJson(cursor.Length == 0 ? query : $"{query}&cursor={Uri.EscapeDataString(cursor)}", token);
            rows.AddRange(page.GetProperty("data").EnumerateArray());
            cursor = page.GetProperty("nextPage").GetString();
        }

        return rows;
    }

    public static async Task<List<JsonElement>> ZendeskRows(this RunningSimulator simulator, string kind)
    {
        var rows = new List<JsonElement>();
        var next = $"/zendesk/api/v2/incremental/{kind}/cursor.json?start_time=0";
        while (true)
        {
            var page = await simulator.GetJson(next, RunningSimulator.ZendeskToken());
            rows.AddRange(page.GetProperty(kind).EnumerateArray());
            if (page.GetProperty("end_of_stream").GetBoolean()) return rows;
            next = page.GetProperty("after_url").GetString()!;
        }
    }

    /// <summary>With the repeats that paging by time brings.</summary>
    public static async Task<List<JsonElement>> ZendeskOrganizations(this RunningSimulator simulator)
    {
        var rows = new List<JsonElement>();
        var next = "/zendesk/api/v2/incremental/organizations.json?start_time=0";
        while (true)
        {
            var page = await simulator.GetJson(next, RunningSimulator.ZendeskToken());
            rows.AddRange(page.GetProperty("organizations").EnumerateArray());
            if (page.GetProperty("end_of_stream").GetBoolean()) return rows;
            next = page.GetProperty("next_page").GetString()!;
        }
    }
}
