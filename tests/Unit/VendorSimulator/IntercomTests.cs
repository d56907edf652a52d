using System.Net.Http.Headers;
using System.Text.Json;

namespace Pipeline.Unit.Tests.VendorSimulator;

public sealed class IntercomTests
{
    private const string NoRefusals = "--Simulator:Intercom:RefuseEvery=0";

    private static readonly AuthenticationHeaderValue Token = new("Bearer", "simulator-token");

    private readonly HandClock _clock = new();

    [Fact]
    public async Task A_wrong_token_is_refused_with_a_list_of_errors()
    {
        await using var simulator = await RunningSimulator.Of("intercom");
        var (status, body, _) = await simulator.Ask("/intercom/companies/scroll", new AuthenticationHeaderValue("Bearer", "wrong"));
        Assert.Equal((401, "error.list", "unauthorized"), (status, body.OptionalText("type"), Code(body)));
    }

    [Fact]
    public async Task The_scroll_gives_every_company_once_and_ends_with_an_empty_page()
    {
        await using var simulator = await RunningSimulator.Of("intercom", _clock, NoRefusals);
        var companies = await Scroll(simulator);
        Assert.Equal(98, companies.Select(company => company.OptionalText("id")).Distinct().Count());
        Assert.Equal(98, companies.Count);
        Assert.Equal(98, (await Scroll(simulator)).Count);
    }

    [Fact]
    public async Task A_second_scroll_is_refused_until_the_first_one_expires()
    {
        await using var simulator = await RunningSimulator.Of("intercom", _clock, NoRefusals);
        var (_, first, _) = await simulator.Ask("/intercom/companies/scroll", Token);
        var again = await simulator.Ask("/intercom/companies/scroll", Token);
        Assert.Equal((400, "scroll_exists"), (again.Status, Code(again.Body)));
        _clock.Pass(60);
        var expired = await simulator.Ask($"/intercom/companies/scroll?scroll_param={first.OptionalText("scroll_param")}", Token);
        Assert.Equal((404, "not_found"), (expired.Status, Code(expired.Body)));
        Assert.Equal(200, (await simulator.Ask("/intercom/companies/scroll", Token)).Status);
    }

    [Fact]
    public async Task Each_request_moves_the_scroll_on_and_keeps_it_alive()
    {
        await using var simulator = await RunningSimulator.Of("intercom", _clock, NoRefusals);
        var (_, first, _) = await simulator.Ask("/intercom/companies/scroll", Token);
        var path = $"/intercom/companies/scroll?scroll_param={first.OptionalText("scroll_param")}";
        _clock.Pass(59);
        var (_, second, _) = await simulator.Ask(path, Token);
        _clock.Pass(59);
        var (status, third, _) = await simulator.Ask(path, Token);
        Assert.Equal(200, status);
        Assert.Empty(Ids(first).Intersect(Ids(second)).Concat(Ids(second).Intersect(Ids(third))));
    }

    [Theory]
    [InlineData("contacts", "data", 9, 178)]
    [InlineData("conversations", "conversations", 40, 124)]
    [InlineData("tickets", "tickets", 150, 76)]
    public async Task A_search_gives_every_row_once_in_the_order_asked_for(string kind, string list, int size, int count)
    {
        await using var simulator = await RunningSimulator.Of("intercom", _clock, NoRefusals);
        var rows = await Search(simulator, kind, list, size);
        Assert.Equal(count, rows.Count);
        Assert.Equal(count, rows.Select(row => row.OptionalText("id")).Distinct().Count());
        Assert.Equal(rows.Select(Stamp).Order(), rows.Select(Stamp));
        Assert.Equal(Stamp(rows[39]), Stamp(rows[40]));
    }

    [Fact]
    public async Task The_bound_of_a_search_is_left_out_and_for_contacts_its_whole_day()
    {
        await using var simulator = await RunningSimulator.Of("intercom", _clock, NoRefusals);
        var conversations = (await Search(simulator, "conversations", "conversations", 150)).Select(Stamp).ToArray();
        Assert.Equal(conversations.Count(stamp => stamp > conversations[40]), (await Search(simulator, "conversations", "conversations", 150, conversations[40])).Count);
        var contacts = (await Search(simulator, "contacts", "data", 150)).Select(Stamp).ToArray();
        var bound = contacts[0];
        Assert.Equal(contacts.Count(stamp => stamp / 86_400 > bound / 86_400), (await Search(simulator, "contacts", "data", 150, bound)).Count);
        Assert.Contains(contacts, stamp => stamp > bound && stamp / 86_400 == bound / 86_400);
    }

    [Fact]
    public async Task A_record_is_given_by_its_id_and_a_conversation_with_its_parts()
    {
        await using var simulator = await RunningSimulator.Of("intercom", _clock, NoRefusals);
        var ticket = (await Search(simulator, "tickets", "tickets", 10))[0];
        Assert.Equal(ticket.GetRawText(), (await simulator.Ask($"/intercom/tickets/{ticket.OptionalText("id")}", Token)).Body.GetRawText());
        var conversation = (await Search(simulator, "conversations", "conversations", 10))[0];
        var (_, alone, _) = await simulator.Ask($"/intercom/conversations/{conversation.OptionalText("id")}", Token);
        Assert.Equal(["conversation_parts"], alone.EnumerateObject().Select(field => field.Name).Except(conversation.EnumerateObject().Select(field => field.Name)));
        Assert.Equal(404, (await simulator.Ask("/intercom/tickets/none", Token)).Status);
    }

    [Fact]
    public async Task A_search_that_cannot_be_read_is_refused()
    {
        await using var simulator = await RunningSimulator.Of("intercom", _clock, NoRefusals);
        object[] searches = [Body(0, 151), Body(0, 0), Body(0, 10, "nonsense"), new { query = new { field = "name", @operator = ">", value = 0 } }, new { }];
        foreach (var search in searches) Assert.Equal(400, (await simulator.Ask("/intercom/tickets/search", Token, search)).Status);
        Assert.Equal(404, (await simulator.Ask("/intercom/notes", Token)).Status);
        Assert.Equal(400, (await simulator.Ask("/intercom/companies/scroll", Token, null, ("Intercom-Version", "0.9"))).Status);
    }

    [Fact]
    public async Task Beyond_the_limit_it_says_when_the_window_ends()
    {
        await using var simulator = await RunningSimulator.Of("intercom", _clock, NoRefusals, "--Simulator:Intercom:RequestsPerTenSeconds=1");
        var first = await simulator.Ask("/intercom/tickets/search", Token, Body(0, 10));
        _clock.Pass(4);
        var second = await simulator.Ask("/intercom/tickets/search", Token, Body(0, 10));
        Assert.Equal(("1", "0"), (first.Response.Header("X-RateLimit-Limit"), first.Response.Header("X-RateLimit-Remaining")));
        Assert.Equal((429, "rate_limit_exceeded"), (second.Status, Code(second.Body)));
        Assert.Equal($"{_clock.GetUtcNow().ToUnixTimeSeconds() + 6}", second.Response.Header("X-RateLimit-Reset"));
    }

    [Fact]
    public async Task Children_end_where_their_company_or_their_address_leads_them()
    {
        await using var simulator = await RunningSimulator.Of("intercom", _clock, NoRefusals);
        await Everything();
        _clock.Pass(100);
        var (companies, contacts, conversations, tickets) = await Everything();
        Assert.Equal((102, 102), await simulator.Progress("intercom", "companies") is var (total, visible, _) ? (total, visible) : default);

        var accountIdOf = companies.ToDictionary(company => company.OptionalText("id")!, company => company.OptionalText("company_id"));
        // Contacts are let in by their company, and answer for their address then.
        var accountIdAt = contacts.Where(contact => contact.OptionalText("email") is not null && Company(contact) is not null).DistinctBy(contact => contact.OptionalText("email")).ToDictionary(contact => contact.OptionalText("email")!, contact => accountIdOf[Company(contact)!]);
        await simulator.AssertEnds("intercom", "contact", contacts.Select(contact => Decide(contact, Company(contact), contact.OptionalText("email"), null)));
        await simulator.AssertEnds("intercom", "ticket", tickets.Select(ticket => Decide(ticket, ticket.OptionalText("company_id"), null, Person(ticket))));
        await simulator.AssertEnds("intercom", "conversation", conversations.Select(conversation =>
            Decide(conversation, conversation.Part("company").OptionalText("id"), Author(conversation.GetProperty("source").GetProperty("author")), Person(conversation))));

        (string, bool, string?) Decide(JsonElement row, string? company, string? email, string? person) => (
            row.OptionalText("id")!, company is not null || email is not null || person is not null,
            company is not null ? accountIdOf[company] : email is not null ? accountIdAt.GetValueOrDefault(email) : null);

        async Task<(List<JsonElement>, List<JsonElement>, List<JsonElement>, List<JsonElement>)> Everything() => (
            await Scroll(simulator), await Search(simulator, "contacts", "data", 150), await Search(simulator, "conversations", "conversations", 150), await Search(simulator, "tickets", "tickets", 150));
    }

    private static string? Author(JsonElement author) => author.OptionalText("type") == "user" ? author.OptionalText("email") : null;

    private static string? Company(JsonElement contact) => contact.GetProperty("companies").GetProperty("data").EnumerateArray().FirstOrDefault().OptionalText("id");

    private static string? Person(JsonElement row) => row.GetProperty("contacts").GetProperty("contacts").EnumerateArray().FirstOrDefault().OptionalText("id");

    private static object Body(long after, int size, string? place = null) => new
    {
        query = new { field = "updated_at", @operator = ">", value = after },
        sort = new { field = "updated_at", order = "ascending" },
        pagination = place is null ? (object)new { per_page = size } : new { per_page = size, starting_after = place },
    };

    private static async Task<List<JsonElement>> Scroll(RunningSimulator simulator)
    {
        var rows = new List<JsonElement>();
        for (var path = "/intercom/companies/scroll"; ;)
        {
            var (_, body, _) = await simulator.Ask(path, Token);
            if (body.GetProperty("data").GetArrayLength() == 0) return rows;
            rows.AddRange(body.GetProperty("data").EnumerateArray());
            path = $"/intercom/companies/scroll?scroll_param={body.OptionalText("scroll_param")}";
        }
    }

    private static async Task<List<JsonElement>> Search(RunningSimulator simulator, string kind, string list, int size, long after = 0)
    {
        var rows = new List<JsonElement>();
        for (string? place = null; ;)
        {
            var (_, body, _) = await simulator.Ask($"/intercom/{kind}/search", Token, Body(after, size, place));
            rows.AddRange(body.GetProperty(list).EnumerateArray());
            if ((place = body.GetProperty("pages").Part("next").OptionalText("starting_after")) is not null) continue;
            Assert.Equal(rows.Count, body.GetProperty("total_count").GetInt32());
            return rows;
        }
    }

    private static IEnumerable<string?> Ids(JsonElement page) => page.GetProperty("data").EnumerateArray().Select(row => row.OptionalText("id")).ToArray();

    private static long Stamp(JsonElement row) => row.GetProperty("updated_at").GetInt64();

    private static string? Code(JsonElement body) => body.GetProperty("errors")[0].OptionalText("code");
}
