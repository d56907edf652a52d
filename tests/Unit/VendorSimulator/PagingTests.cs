namespace Pipeline.Unit.Tests.VendorSimulator;

public sealed class PagingTests
{
    [Theory]
    [InlineData(7, 3000)]
    [InlineData(200, 2999)]
    [InlineData(200, 3001)]
    [InlineData(1000, 3000)]
    public async Task Zendesk_pages_hold_every_row_once_whatever_their_size(int size, int count)
    {
        await using var simulator = await RunningSimulator.Of("salesforce,zuora,zendesk", 
            null, $"--Simulator:Zendesk:PageSize={size}", $"--Simulator:Zendesk:Tickets={count}", "--Simulator:Zendesk:RequestsPerMinute=100000");
        var tickets = await simulator.ZendeskRows("tickets");
        var users = await simulator.ZendeskRows("users");

        Assert.Equal(count, tickets.Count);
        Assert.Equal(count, tickets.Select(ticket => ticket.GetProperty("id").GetInt64()).Distinct().Count());
        Assert.Equal(1500, users.Select(user => user.GetProperty("id").GetInt64()).Distinct().Count());
        var stamps = tickets.Select(ticket => ticket.GetProperty("generated_timestamp").GetInt64()).ToArray();
        Assert.Equal(stamps.Order(), stamps);
    }

    [Fact]
    public async Task Tickets_of_one_second_lie_across_the_end_of_a_page()
    {
        await using var simulator = await RunningSimulator.Of("salesforce,zuora,zendesk");
        var stamps = (await simulator.ZendeskRows("tickets")).Select(ticket => ticket.GetProperty("generated_timestamp").GetInt64()).ToArray();
        Assert.Equal(stamps[199], stamps[200]);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(200)]
    public async Task Organizations_paged_by_time_repeat_rows_and_lose_none(int size)
    {
        await using var simulator = await RunningSimulator.Of("salesforce,zuora,zendesk", null, $"--Simulator:Zendesk:PageSize={size}");
        var rows = await simulator.ZendeskOrganizations();
        Assert.Equal(280, rows.Select(row => row.GetProperty("id").GetInt64()).Distinct().Count());
        Assert.True(rows.Count > 280);
    }

    [Fact]
    public async Task Organizations_of_one_second_that_fill_a_page_lead_to_the_same_page_again()
    {
        await using var simulator = await RunningSimulator.Of("salesforce,zuora,zendesk");
        var rows = await simulator.ZendeskOrganizations();
        var crowded = rows.GroupBy(row => row.GetProperty("updated_at").GetDateTimeOffset().ToUnixTimeSeconds()).First(same => same.Count() > 3).Key;
        var page = await simulator.GetJson($"/zendesk/api/v2/incremental/organizations.json?start_time={crowded}&per_page=2", RunningSimulator.ZendeskToken());
        Assert.Equal(crowded, page.GetProperty("end_time").GetInt64());
        Assert.EndsWith($"?start_time={crowded}", page.GetProperty("next_page").GetString(), StringComparison.Ordinal);
        Assert.False(page.GetProperty("end_of_stream").GetBoolean());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(99)]
    public async Task Zuora_pages_hold_every_account_once_whatever_their_size(int size)
    {
        await using var simulator = await RunningSimulator.Of("salesforce,zuora,zendesk", null, "--Simulator:Zuora:RequestsPerMinute=100000");
        var rows = await simulator.ZuoraRows(size);
        Assert.Equal(324, rows.Count);
        Assert.Equal(324, rows.Select(row => row.GetProperty("id").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task Zuora_gives_accounts_by_their_ids()
    {
        await using var simulator = await RunningSimulator.Of("salesforce,zuora,zendesk");
        string[] ids = [.. (await simulator.ZuoraRows()).Take(2).Select(row => row.GetProperty("id").GetString()!)];
        var page = await simulator.GetJson($"/zuora/object-query/accounts?filter[]=id.IN:[{ids[0]},{ids[1]},0]", await simulator.ZuoraToken());
        Assert.Equal(ids.Order(), page.GetProperty("data").EnumerateArray().Select(row => row.GetProperty("id").GetString()!).Order());
    }

    [Theory]
    [InlineData("pageSize=100")]
    [InlineData("pageSize=0")]
    [InlineData("sort[]=name.ASC")]
    [InlineData("filter[]=updateddate.ABOUT:2025-01-01")]
    [InlineData("cursor=nonsense")]
    [InlineData("expand[]=everything")]
    public async Task Zuora_refuses_a_query_that_it_cannot_read(string query)
    {
        await using var simulator = await RunningSimulator.Of("salesforce,zuora,zendesk");
        using var response = await simulator.Get($"/zuora/object-query/accounts?{query}", await simulator.ZuoraToken());
        Assert.Equal(400, (int)response.StatusCode);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(200)]
    [InlineData(2000)]
    public async Task Salesforce_pages_hold_every_visible_record_once_in_the_order_asked_for(int size)
    {
        await using var simulator = await RunningSimulator.Of("salesforce,zuora,zendesk", new HandClock(), $"--Simulator:Salesforce:PageSize={size}");
        var rows = await simulator.SalesforceRows();
        Assert.Equal(296, rows.Count);
        Assert.Equal(296, rows.Select(row => row.GetProperty("Id").GetString()).Distinct().Count());
        var keys = rows.Select(row => row.GetProperty("SystemModstamp").GetString() + row.GetProperty("Id").GetString()).ToArray();
        Assert.Equal(keys.Order(StringComparer.OrdinalIgnoreCase), keys);
    }

    [Fact]
    public async Task Salesforce_holds_the_results_of_a_query_still_while_new_records_appear()
    {
        var clock = new HandClock();
        await using var simulator = await RunningSimulator.Of("salesforce,zuora,zendesk", clock);
        var token = await simulator.SalesforceToken();
        var first = await simulator.GetJson($"/salesforce/services/data/v63.0/query?q={Uri.EscapeDataString(Reading.AllAccounts)}", token);
        await simulator.SalesforceRows();
        clock.Pass(10);
        Assert.Equal(302, (await simulator.SalesforceRows()).Count);

        var second = await simulator.GetJson(first.GetProperty("nextRecordsUrl").GetString()!, token);
        Assert.Equal(296, first.GetProperty("records").GetArrayLength() + second.GetProperty("records").GetArrayLength());
    }

    [Fact]
    public async Task Salesforce_does_not_know_a_locator_that_it_did_not_give()
    {
        await using var simulator = await RunningSimulator.Of("salesforce,zuora,zendesk");
        using var response = await simulator.Get("/services/data/v63.0/query/01gnw0000000000QAI-200", await simulator.SalesforceToken());
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal("INVALID_QUERY_LOCATOR", (await RunningSimulator.Json(response))[0].GetProperty("errorCode").GetString());
    }

    [Fact]
    public async Task Only_queryAll_shows_deleted_records()
    {
        await using var simulator = await RunningSimulator.Of("salesforce,zuora,zendesk", new HandClock(), "--Simulator:Salesforce:DeletedRecords=3");
        const string soql = "SELECT Id, IsDeleted FROM Account";
        Assert.Equal(296, (await simulator.SalesforceRows(soql)).Count);
        var all = await simulator.SalesforceRows(soql, "queryAll");
        Assert.Equal(3, all.Count(row => row.GetProperty("IsDeleted").GetBoolean()));
    }
}
