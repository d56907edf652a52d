using System.Net.Http.Headers;
using System.Text.Json;
using Pipeline.Contracts;

namespace Pipeline.Unit.Tests.VendorSimulator;

public sealed class JiraTests
{
    private const string NoRefusals = "--Simulator:Jira:RefuseEvery=0";
    private const string Search = "/jira/rest/api/3/search/jql";
    private const string Everything = "updated >= 0 ORDER BY updated ASC";

    private static readonly AuthenticationHeaderValue User = Asking.Basic("agent@simulator.example", "simulator-token");
    private static readonly string[] Fields = ["updated", "customfield_10042", "customfield_10043", "customfield_10044"];

    private readonly HandClock _clock = new();

    [Theory]
    [InlineData("someone@simulator.example", "simulator-token")]
    [InlineData("agent@simulator.example", "wrong")]
    public async Task Wrong_credentials_are_refused(string email, string token)
    {
        await using var simulator = await RunningSimulator.Of("jira");
        Assert.Equal(401, (await simulator.Ask(Search, Asking.Basic(email, token), Body(Everything))).Status);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(25)]
    [InlineData(5000)]
    public async Task Pages_hold_every_issue_once_and_no_more_than_a_hundred(int size)
    {
        await using var simulator = await RunningSimulator.Of("jira", _clock, NoRefusals);
        var issues = await All(simulator, Everything, size);
        Assert.Equal(316, issues.Count);
        Assert.Equal(316, issues.Select(issue => issue.OptionalText("id")).Distinct().Count());
        Assert.Equal(issues.Select(Updated).Order(), issues.Select(Updated));
        Assert.Equal(Updated(issues[24])[..16], Updated(issues[25])[..16]);
        var (_, first, _) = await simulator.Ask(Search, User, Body(Everything, size));
        Assert.Equal(Math.Min(size, 100), first.GetProperty("issues").GetArrayLength());
    }

    [Fact]
    public async Task A_bound_holds_for_its_whole_minute()
    {
        await using var simulator = await RunningSimulator.Of("jira", _clock, NoRefusals);
        var all = (await All(simulator, Everything, 100)).Select(issue => Time(issue).ToUnixTimeMilliseconds()).ToArray();
        var bound = all[100] / 60_000 * 60_000;
        Assert.Equal(all.Count(stamp => stamp >= bound), (await All(simulator, $"updated >= {bound + 59_999} ORDER BY updated ASC", 100)).Count);
    }

    [Fact]
    public async Task A_project_can_be_asked_for_alone()
    {
        await using var simulator = await RunningSimulator.Of("jira", _clock, NoRefusals);
        var issues = await All(simulator, "(project = BILL) AND updated >= 0 ORDER BY updated ASC", 100);
        Assert.NotEmpty(issues);
        Assert.All(issues, issue => Assert.StartsWith("BILL-", issue.OptionalText("key"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_issue_has_the_fields_that_were_asked_for_and_without_any_only_its_id()
    {
        await using var simulator = await RunningSimulator.Of("jira", _clock, NoRefusals);
        var (_, some, _) = await simulator.Ask(Search, User, Body(Everything));
        Assert.Equal(Fields.Order(), some.GetProperty("issues")[0].GetProperty("fields").EnumerateObject().Select(field => field.Name).Order());
        var (_, none, _) = await simulator.Ask(Search, User, new { jql = Everything });
        Assert.Equal(["id"], none.GetProperty("issues")[0].EnumerateObject().Select(field => field.Name));
    }

    [Fact]
    public async Task What_is_gone_unbounded_or_not_readable_is_refused()
    {
        await using var simulator = await RunningSimulator.Of("jira", _clock, NoRefusals);
        Assert.Equal(410, (await simulator.Ask("/jira/rest/api/3/search?jql=x", User)).Status);
        Assert.Equal(404, (await simulator.Ask("/jira/rest/api/3/nothing", User)).Status);
        var (_, page, _) = await simulator.Ask(Search, User, Body(Everything, 10));
        var token = page.OptionalText("nextPageToken")!;
        object[] bodies = [Body(" ORDER BY updated ASC"), Body("assignee = me ORDER BY updated ASC"), Body(Everything, 5001), Body(Everything, 10, "nonsense"), Body("updated >= 60000 ORDER BY updated ASC", 10, token)];
        foreach (var body in bodies) Assert.Equal(400, (await simulator.Ask(Search, User, body)).Status);
        Assert.Equal(200, (await simulator.Ask(Search, User, Body(Everything, 10, token))).Status);
    }

    [Fact]
    public async Task Beyond_the_limit_it_says_for_how_long_and_the_reset_as_a_time()
    {
        await using var simulator = await RunningSimulator.Of("jira", _clock, NoRefusals, "--Simulator:Jira:RequestsPerMinute=1");
        await simulator.Ask(Search, User, Body(Everything));
        _clock.Pass(15);
        var (status, _, response) = await simulator.Ask(Search, User, Body(Everything));
        Assert.Equal((429, "45", "2026-11-24T12:01:00Z", "jira-burst-based"), (status, response.Header("Retry-After"), response.Header("X-RateLimit-Reset"), response.Header("RateLimit-Reason")));
    }

    [Fact]
    public async Task Issues_are_given_by_their_ids_and_what_is_not_there_is_named()
    {
        await using var simulator = await RunningSimulator.Of("jira", _clock, NoRefusals);
        var (_, body, _) = await simulator.Ask("/jira/rest/api/3/issue/bulkfetch", User, new { issueIdsOrKeys = new[] { "10002", "9" }, fields = Fields });
        var (_, searched, _) = await simulator.Ask(Search, User, Body(Everything));
        Assert.Equal(searched.GetProperty("issues").EnumerateArray().Single(issue => issue.OptionalText("id") == "10002").GetRawText(), body.GetProperty("issues")[0].GetRawText());
        Assert.Equal("9", body.GetProperty("issueErrors")[0].OptionalText("id"));
        Assert.Equal(400, (await simulator.Ask("/jira/rest/api/3/issue/bulkfetch", User, new { issueIdsOrKeys = Enumerable.Repeat("1", 101) })).Status);
    }

    [Fact]
    public async Task Some_issues_are_found_late_behind_the_newest_and_some_change()
    {
        await using var simulator = await RunningSimulator.Of("jira", _clock, NoRefusals);
        var before = await All(simulator, Everything, 100);
        Assert.Equal((341, 316, 316), await simulator.Progress("jira", "issues"));
        _clock.Pass(3);
        var after = await All(simulator, Everything, 100);
        Assert.Equal((341, 341, 338), await simulator.Progress("jira", "issues"));
        var newest = before.Max(Time);
        var behind = after.ExceptBy(before.Select(issue => issue.OptionalText("id")), issue => issue.OptionalText("id")).Where(issue => Time(issue) < newest).ToArray();
        Assert.Equal(4, behind.Length);
        Assert.All(behind, issue => Assert.InRange(newest - Time(issue), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(4)));
        Assert.Equal(8, after.IntersectBy(before.Select(issue => issue.OptionalText("id")), issue => issue.OptionalText("id")).Count(issue => Time(issue) > newest));
    }

    [Fact]
    public async Task Issues_end_where_the_first_field_that_is_filled_leads_them()
    {
        await using var simulator = await RunningSimulator.Of("jira", _clock, NoRefusals);
        var before = await All(simulator, Everything, 100);
        _clock.Pass(100);
        var after = await All(simulator, Everything, 100);
        var deleted = before.ExceptBy(after.Select(issue => issue.OptionalText("id")), issue => issue.OptionalText("id")).ToArray();
        Assert.Equal(3, deleted.Length);
        await simulator.AssertEnds("jira", "issue", after.Concat(deleted).Select(issue =>
        {
            var fields = issue.GetProperty("fields");
            var stated = fields.OptionalText("customfield_10042") ?? fields.GetProperty("customfield_10043").OptionalText("value");
            Assert.True(stated is not null || StatedAccountId.Of(fields.GetProperty("customfield_10044")).Value is null);
            return (issue.OptionalText("id")!, stated is not null, stated);
        }));
        var reasons = (await simulator.GetJson("/_simulator/expected")).GetProperty("sources").GetProperty("jira").GetProperty("issue").GetProperty("dead_lettered");
        Assert.Equal(["account_id_missing", "account_id_not_text"], reasons.EnumerateObject().Select(reason => reason.Name));
    }

    private static Dictionary<string, object> Body(string jql, int size = 50, string? token = null)
    {
        var body = new Dictionary<string, object> { ["jql"] = jql, ["fields"] = Fields, ["maxResults"] = size };
        if (token is not null) body["nextPageToken"] = token;
        return body;
    }

    private static async Task<List<JsonElement>> All(RunningSimulator simulator, string jql, int size)
    {
        var issues = new List<JsonElement>();
        for (string? token = null; ;)
        {
            var (_, body, _) = await simulator.Ask(Search, User, Body(jql, size, token));
            issues.AddRange(body.GetProperty("issues").EnumerateArray());
            token = body.OptionalText("nextPageToken");
            Assert.Equal(token is null, body.GetProperty("isLast").GetBoolean());
            if (token is null) return issues;
        }
    }

    private static string Updated(JsonElement issue) => issue.GetProperty("fields").OptionalText("updated")!;

    private static DateTimeOffset Time(JsonElement issue) => DateTimeOffset.ParseExact(Updated(issue), "yyyy-MM-ddTHH:mm:ss.fff+0000", null, System.Globalization.DateTimeStyles.AssumeUniversal);
}
