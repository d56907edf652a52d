using System.Net.Http.Headers;
using System.Text.Json;

namespace Pipeline.Unit.Tests.VendorSimulator;

public sealed class XeroTests
{
    private const string Tenant = "7f6b1f0a-2c58-4f0e-9d4b-0c1d5a9e7a11";
    private const string NoRefusals = "--Simulator:Xero:RefuseEvery=0";

    private readonly HandClock _clock = new();

    [Fact]
    public async Task Wrong_credentials_get_no_token()
    {
        await using var simulator = await RunningSimulator.Of("xero");
        using var response = await simulator.AskToken("/xero/connect/token", "simulator-client", "wrong");
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal("invalid_client", (await RunningSimulator.Json(response)).OptionalText("error"));
    }

    [Fact]
    public async Task A_token_ends_after_its_time()
    {
        await using var simulator = await RunningSimulator.Of("xero", _clock, NoRefusals);
        var token = await Token(simulator);
        Assert.Equal(200, (await Ask(simulator, "Contacts", token)).Status);
        _clock.Pass(1800);
        var (status, body, _) = await Ask(simulator, "Contacts", token);
        Assert.Equal(401, status);
        Assert.StartsWith("TokenExpired", body.OptionalText("Detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_without_its_tenant_is_forbidden()
    {
        await using var simulator = await RunningSimulator.Of("xero", null, NoRefusals);
        var token = await Token(simulator);
        Assert.Equal(403, (await simulator.Ask("/xero/api.xro/2.0/Contacts", token)).Status);
        Assert.Equal(403, (await simulator.Ask("/xero/api.xro/2.0/Contacts", token, null, ("xero-tenant-id", "another"))).Status);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(40)]
    [InlineData(1000)]
    public async Task Pages_hold_every_row_once_whatever_their_size(int size)
    {
        await using var simulator = await RunningSimulator.Of("xero", _clock, NoRefusals, "--Simulator:Xero:TokenRequests=1000");
        var invoices = await All(simulator, "Invoices", size);
        Assert.Equal(192, invoices.Count);
        Assert.Equal(192, invoices.Select(invoice => invoice.OptionalText("InvoiceID")).Distinct().Count());
        Assert.Equal(invoices.Select(Stamp).Order(), invoices.Select(Stamp));
        Assert.Equal(Stamp(invoices[39]), Stamp(invoices[40]));
    }

    [Theory]
    [InlineData("pageSize=1001")]
    [InlineData("page=0")]
    [InlineData("order=Name ASC")]
    public async Task A_request_that_cannot_be_read_is_refused(string query)
    {
        await using var simulator = await RunningSimulator.Of("xero", null, NoRefusals);
        Assert.Equal(400, (await Ask(simulator, $"Invoices?{query}", await Token(simulator))).Status);
        Assert.Equal(404, (await Ask(simulator, "Assets", await Token(simulator))).Status);
    }

    [Fact]
    public async Task Only_what_has_changed_after_If_Modified_Since_is_given()
    {
        await using var simulator = await RunningSimulator.Of("xero", _clock, NoRefusals);
        var stamps = (await All(simulator, "Invoices", 1000)).Select(Stamp).ToArray();
        var since = DateTimeOffset.FromUnixTimeMilliseconds(stamps[100]).UtcDateTime.ToString("s");
        var (_, body, _) = await Ask(simulator, "Invoices?pageSize=1000", await Token(simulator), ("If-Modified-Since", since));
        Assert.Equal(stamps.Count(stamp => stamp > stamps[100] / 1000 * 1000), body.GetProperty("Invoices").GetArrayLength());
    }

    [Fact]
    public async Task Records_are_given_by_their_ids()
    {
        await using var simulator = await RunningSimulator.Of("xero", _clock, NoRefusals);
        var token = await Token(simulator);
        string[] ids = [.. (await All(simulator, "Invoices", 100)).Take(2).Select(invoice => invoice.OptionalText("InvoiceID")!)];
        var (_, body, _) = await Ask(simulator, $"Invoices?IDs={ids[0]},{ids[1]},nothing", token);
        Assert.Equal(ids.Order(), body.GetProperty("Invoices").EnumerateArray().Select(invoice => invoice.OptionalText("InvoiceID")!).Order());
        var note = (await All(simulator, "CreditNotes", 100))[0].OptionalText("CreditNoteID");
        Assert.Equal(note, (await Ask(simulator, $"CreditNotes/{note}", token)).Body.GetProperty("CreditNotes")[0].OptionalText("CreditNoteID"));
        Assert.Equal(404, (await Ask(simulator, "CreditNotes/none", token)).Status);
    }

    [Fact]
    public async Task Archived_contacts_are_shown_only_when_asked_for()
    {
        await using var simulator = await RunningSimulator.Of("xero", _clock, NoRefusals);
        var all = await All(simulator, "Contacts", 1000);
        var (_, body, _) = await Ask(simulator, "Contacts?pageSize=1000", await Token(simulator));
        Assert.Equal(3, all.Count(contact => contact.OptionalText("ContactStatus") == "ARCHIVED" && contact.OptionalText("MergedToContactID") is not null));
        Assert.Equal(all.Count - 3, body.GetProperty("Contacts").GetArrayLength());
    }

    [Fact]
    public async Task Beyond_the_limit_it_says_which_and_for_how_long()
    {
        await using var simulator = await RunningSimulator.Of("xero", _clock, NoRefusals, "--Simulator:Xero:RequestsPerMinute=1");
        var token = await Token(simulator);
        var first = await Ask(simulator, "Payments", token);
        _clock.Pass(20);
        var second = await Ask(simulator, "Payments", token);
        Assert.Equal("0", first.Response.Header("X-MinLimit-Remaining"));
        Assert.Equal("99999", first.Response.Header("X-DayLimit-Remaining"));
        Assert.Equal((429, "minute", TimeSpan.FromSeconds(40)), (second.Status, second.Response.Header("X-Rate-Limit-Problem"), second.Response.Headers.RetryAfter!.Delta));
    }

    [Fact]
    public async Task Late_rows_come_after_the_first_reading_and_not_before()
    {
        await using var simulator = await RunningSimulator.Of("xero", _clock, NoRefusals);
        _clock.Pass(100);
        await Ask(simulator, "Contacts?pageSize=100&includeArchived=true", await Token(simulator));
        _clock.Pass(100);
        Assert.Equal((148, 144, 100), await simulator.Progress("xero", "contacts"));
        var before = await All(simulator, "Contacts", 1000);
        _clock.Pass(1);
        Assert.Equal(144, (await simulator.Progress("xero", "contacts")).Visible);
        _clock.Pass(1);
        var after = await All(simulator, "Contacts", 1000);
        Assert.Equal((148, 148, 148), await simulator.Progress("xero", "contacts"));
        Assert.Equal(4, after.Count(contact => contact.OptionalText("AccountNumber") is not null) - before.Count(contact => contact.OptionalText("AccountNumber") is not null));
    }

    [Fact]
    public async Task Documents_end_where_their_contacts_lead_them()
    {
        await using var simulator = await RunningSimulator.Of("xero", _clock, NoRefusals);
        foreach (var list in (string[])["Contacts", "Invoices", "Payments", "CreditNotes"]) await All(simulator, list, 1000);
        _clock.Pass(100);
        var contacts = (await All(simulator, "Contacts", 1000)).Where(contact => contact.OptionalText("ContactStatus") == "ACTIVE").ToDictionary(contact => contact.OptionalText("ContactID")!, contact => contact.OptionalText("AccountNumber"));
        await Assert("invoice", "Invoices", "InvoiceID", invoice => invoice);
        await Assert("credit_note", "CreditNotes", "CreditNoteID", note => note);
        await Assert("payment", "Payments", "PaymentID", payment => payment.Part("Invoice"));

        async Task Assert(string type, string list, string id, Func<JsonElement, JsonElement> written) => await simulator.AssertEnds("xero", type, (await All(simulator, list, 1000))
            .Select(row => (row.OptionalText(id)!, written(row).Part("Contact").OptionalText("ContactID"))).Select(row => (row.Item1, row.Item2 is not null, row.Item2 is null ? null : contacts.GetValueOrDefault(row.Item2))));
    }

    private static async Task<AuthenticationHeaderValue> Token(RunningSimulator simulator)
    {
        using var response = await simulator.AskToken("/xero/connect/token");
        return new AuthenticationHeaderValue("Bearer", (await RunningSimulator.Json(response)).OptionalText("access_token"));
    }

    private static Task<(int Status, JsonElement Body, HttpResponseMessage Response)> Ask(RunningSimulator simulator, string list, AuthenticationHeaderValue token, params (string, string)[] headers) =>
        simulator.Ask($"/xero/api.xro/2.0/{list}", token, null, [("xero-tenant-id", Tenant), .. headers]);

    private static async Task<List<JsonElement>> All(RunningSimulator simulator, string list, int size)
    {
        var (token, rows) = (await Token(simulator), new List<JsonElement>());
        for (int page = 1, pages = 1; page <= pages; page++)
        {
            var (_, body, _) = await Ask(simulator, $"{list}?page={page}&pageSize={size}&order=UpdatedDateUTC ASC&includeArchived=true", token);
            rows.AddRange(body.GetProperty(list).EnumerateArray());
            pages = body.GetProperty("pagination").GetProperty("pageCount").GetInt32();
        }

        return rows;
    }

    private static long Stamp(JsonElement row) => long.Parse(row.OptionalText("UpdatedDateUTC")!["/Date(".Length..^"+0000)/".Length]);
}
