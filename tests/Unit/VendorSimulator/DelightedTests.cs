using System.Net.Http.Headers;
using System.Text.Json;
using Pipeline.VendorSimulator.World;

namespace Pipeline.Unit.Tests.VendorSimulator;

public sealed class DelightedTests
{
    private const string NoRefusals = "--Simulator:Delighted:RefuseEvery=0";
    private const string Responses = "/delighted/v1/survey_responses.json?order=asc:updated_at&expand[]=person";

    private static readonly AuthenticationHeaderValue Key = Asking.Basic("simulator-key", "");

    private readonly HandClock _clock = new();

    [Fact]
    public async Task A_wrong_key_is_refused()
    {
        await using var simulator = await RunningSimulator.Of("delighted");
        var (status, body, _) = await simulator.Ask("/delighted/v1/people.json", Asking.Basic("wrong", ""));
        Assert.Equal((401, 401), (status, body.GetProperty("status").GetInt32()));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(40)]
    [InlineData(100)]
    public async Task Pages_hold_every_row_once_whatever_their_size(int size)
    {
        await using var simulator = await RunningSimulator.Of("delighted", _clock, NoRefusals);
        var (responses, people) = (await AllResponses(simulator, size), await AllPeople(simulator, size));
        Assert.Equal((182, 122), (responses.Count, people.Count));
        Assert.Equal((182, 122), (responses.Select(row => row.OptionalText("id")).Distinct().Count(), people.Select(row => row.OptionalText("id")).Distinct().Count()));
        var stamps = responses.Select(row => row.GetProperty("updated_at").GetInt64()).ToArray();
        Assert.Equal(stamps.Order(), stamps);
        Assert.Equal(stamps[39], stamps[40]);
    }

    [Fact]
    public async Task Bounds_are_included()
    {
        await using var simulator = await RunningSimulator.Of("delighted", _clock, NoRefusals);
        var stamps = (await AllResponses(simulator, 100)).Select(row => row.GetProperty("updated_at").GetInt64()).ToArray();
        Assert.Equal(stamps.Count(stamp => stamp >= stamps[150]), (await AllResponses(simulator, 100, $"&updated_since={stamps[150]}")).Count);
        var created = (await AllPeople(simulator, 100)).Select(row => row.GetProperty("created_at").GetInt64()).ToArray();
        Assert.Equal(created.Count(stamp => stamp >= created[30]), (await AllPeople(simulator, 40, $"&since={created[30]}")).Count);
    }

    [Fact]
    public async Task A_person_is_only_an_id_unless_it_is_asked_for()
    {
        await using var simulator = await RunningSimulator.Of("delighted", _clock, NoRefusals);
        var (_, folded, _) = await simulator.Ask("/delighted/v1/survey_responses.json", Key);
        var (_, expanded, _) = await simulator.Ask("/delighted/v1/survey_responses.json?expand[]=person", Key);
        Assert.Equal(20, folded.GetArrayLength());
        Assert.Equal(expanded[0].GetProperty("person").OptionalText("id"), folded[0].OptionalText("person"));
        Assert.Equal(expanded[0].GetRawText(), (await simulator.Ask($"/delighted/v1/survey_responses/{expanded[0].OptionalText("id")}.json?expand[]=person", Key)).Body.GetRawText());
        Assert.Equal(404, (await simulator.Ask("/delighted/v1/survey_responses/1.json", Key)).Status);
    }

    [Theory]
    [InlineData("/delighted/v1/people.json?per_page=101", 400)]
    [InlineData("/delighted/v1/people.json?page_info=nonsense", 400)]
    [InlineData("/delighted/v1/survey_responses.json?per_page=0", 400)]
    [InlineData("/delighted/v1/survey_responses.json?order=score", 400)]
    [InlineData("/delighted/v1/metrics.json", 404)]
    public async Task A_request_that_cannot_be_read_is_refused(string path, int status)
    {
        await using var simulator = await RunningSimulator.Of("delighted", _clock, NoRefusals);
        Assert.Equal(status, (await simulator.Ask(path, Key)).Status);
    }

    [Fact]
    public async Task Beyond_the_limit_it_says_how_long_to_wait()
    {
        await using var simulator = await RunningSimulator.Of("delighted", _clock, "--Simulator:Delighted:RefuseEvery=2");
        Assert.Equal(200, (await simulator.Ask("/delighted/v1/people.json", Key)).Status);
        var (status, _, response) = await simulator.Ask("/delighted/v1/people.json", Key);
        Assert.Equal((429, TimeSpan.FromSeconds(1)), (status, response.Headers.RetryAfter!.Delta));
    }

    [Fact]
    public async Task Late_rows_are_new_people_new_responses_and_comments()
    {
        await using var simulator = await RunningSimulator.Of("delighted", _clock, NoRefusals);
        var before = await AllResponses(simulator, 100);
        await AllPeople(simulator, 100);
        Assert.Equal((197, 182, 182), await simulator.Progress("delighted", "survey_responses"));
        Assert.Equal((128, 122, 122), await simulator.Progress("delighted", "people"));
        _clock.Pass(2);
        var after = await AllResponses(simulator, 100);
        Assert.Equal((197, 197, 197), await simulator.Progress("delighted", "survey_responses"));
        Assert.Equal(7, after.Count(row => row.OptionalText("comment") == "Nachtrag: alles gut."));
        Assert.Equal(8, after.Count - before.Count);
    }

    [Fact]
    public async Task People_and_their_responses_end_where_the_address_leads_them()
    {
        await using var simulator = await RunningSimulator.Of("delighted", _clock, NoRefusals);
        await AllResponses(simulator, 100);
        await AllPeople(simulator, 100);
        _clock.Pass(100);
        var world = AccountWorld.Of(20261124);
        var accountIdAt = world.Accounts.Where(account => account.AccountId is not null && account.Kind != AccountKind.CaseTwin).DistinctBy(account => account.AccountId).ToDictionary(Customers.EmailOf, account => account.AccountId);
        await simulator.AssertEnds("delighted", "person", (await AllPeople(simulator, 100)).Select(person => Decide(person.OptionalText("id")!, person.OptionalText("email"))));
        await simulator.AssertEnds("delighted", "survey_response", (await AllResponses(simulator, 100)).Select(response => Decide(response.OptionalText("id")!, response.GetProperty("person").OptionalText("email"))));

        (string, bool, string?) Decide(string id, string? email) => (id, email is not null, email is null ? null : accountIdAt.GetValueOrDefault(email));
    }

    /// <summary>Its addresses mean something only because a system with more customers keeps them with an account_id.</summary>
    [Fact]
    public async Task Every_address_that_lets_a_child_in_is_that_of_a_billing_contact()
    {
        await using var simulator = await RunningSimulator.Of("delighted", _clock, NoRefusals);
        var known = Customers.Of(AccountWorld.Of(20261124), "xero", 130).Select(customer => customer.Email).ToHashSet();
        var accepted = (await simulator.GetJson("/_simulator/expected/children?source=delighted&object_type=person")).EnumerateArray().Where(child => child.OptionalText("place") == "accepted").Select(child => child.OptionalText("native_id")).ToHashSet();
        var addresses = (await AllPeople(simulator, 100)).Where(person => accepted.Contains(person.OptionalText("id"))).Select(person => person.OptionalText("email")!).ToHashSet();
        Assert.NotEmpty(addresses);
        Assert.Subset(known, addresses);
    }

    private static async Task<List<JsonElement>> AllResponses(RunningSimulator simulator, int size, string more = "")
    {
        var rows = new List<JsonElement>();
        for (var page = 1; ; page++)
        {
            var (_, body, _) = await simulator.Ask($"{Responses}&per_page={size}&page={page}{more}", Key);
            rows.AddRange(body.EnumerateArray());
            if (body.GetArrayLength() < size) return rows;
        }
    }

    private static async Task<List<JsonElement>> AllPeople(RunningSimulator simulator, int size, string more = "")
    {
        var rows = new List<JsonElement>();
        for (var path = $"/delighted/v1/people.json?per_page={size}{more}"; ;)
        {
            var (_, body, response) = await simulator.Ask(path, Key);
            rows.AddRange(body.EnumerateArray());
            if (!response.Headers.TryGetValues("Link", out var links)) return rows;
            path = links.Single().Split('<', '>')[1];
        }
    }
}
