using System.Net;
using System.Text;
using System.Text.Json;
using Pipeline.Cli;
using Pipeline.Cli.Commands;
using Pipeline.Cli.Screens;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;

namespace Pipeline.Unit.Tests.Cli;

public sealed class TheCheckCommand
{
    private static readonly AccountIdSample Ids = new(100, 98, Reports.Counts(("text", 98), ("missing", 2)), ["custom.account_id"], Reports.Counts(("words_and_number", 98)), 1, 0, 13, ["No… (13 characters)"]);

    private static readonly FeedCheck Customers = new(
        "customers", "ok", "98 of 100 customers carry an account_id, all as text; 2 have none.", "GET https://desk.example/api/customers", null,
        new FeedSample(101, 2000, true, 1, Reports.Counts(("The field at is missing.", 1)), 100, 3, 40, 0, Reports.Counts(), Ids));

    private static readonly FeedCheck Tickets = new(
        "tickets", "failed", "Answered 403: scope tickets:read", "GET https://desk.example/api/tickets", new CheckProblem("permission_missing", "Answered 403: scope tickets:read", "Give the right to read tickets.", 403, null), null);

    private static readonly CheckReport Good = new("desk", "ok", "Its feed answers.", "https://desk.example/", "accepted", [Customers], []);

    private static readonly CheckReport Bad = Good with { System = "mail", State = "failed", Verdict = "1 of 2 feeds answer. tickets: Answered 403.", Feeds = [Customers, Tickets] };

    private static readonly CheckReport Unset = new(
        "crm", "not_configured", "There is a connector for crm, but it is not configured.", null, "unknown", [],
        [new("Connectors__crm__BaseUrl", "the address", null, null, false, null), new("Connectors__crm__PageSize", "records an answer", "100", "1 to 100", false, null), new("Connectors__crm__ApiKey", "of a user", null, null, true, "Connectors__crm__ApiKeyFile")]);

    [Fact]
    public async Task A_system_that_can_be_read_ends_with_0_and_shows_what_it_holds()
    {
        var end = await RunAsync(["check", "desk"]);

        Assert.Equal(
            """
            desk: ok
            Its feed answers.
            at https://desk.example/, credentials accepted

            customers  ok  GET https://desk.example/api/customers
              98 of 100 customers carry an account_id, all as text; 2 have none.
              read 101 of 2000; mapped 100, not mapped 1
              not mapped 1: The field at is missing.
              accounts 100: 3 name the record of another system, 40 have an email address
              form of the account_id: text 98, missing 2; it stands in custom.account_id
              looks: words and number 98; the longest has 13 characters; on more than one record 1; with blanks around 0
              examples: No… (13 characters)

            """, end.Out, ignoreLineEndingDifferences: true);
        Assert.Equal((0, ""), (end.Code, end.Error));
    }

    [Fact]
    public async Task A_feed_that_cannot_be_read_ends_with_1_and_says_what_to_do()
    {
        var end = await RunAsync(["check", "mail"]);

        Assert.Equal(1, end.Code);
        Assert.Contains("tickets  failed  GET https://desk.example/api/tickets\n  Answered 403: scope tickets:read\n  What to do: Give the right to read tickets.\n", end.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_system_that_is_not_configured_ends_with_1_and_lists_its_settings()
    {
        var end = await RunAsync(["check", "CRM"]);

        Assert.Equal(1, end.Code);
        Assert.EndsWith(
            """

            SETTING                    DEFAULT   RANGE     MEANING
            Connectors__crm__BaseUrl   required            the address
            Connectors__crm__PageSize  100       1 to 100  records an answer
            Connectors__crm__ApiKey    required            of a user (secret; or a file that holds it, named by Connectors__crm__ApiKeyFile)

            """.ReplaceLineEndings("\n"), end.Out.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_name_ends_with_2_and_names_those_there_are_the_nearest_first()
    {
        var end = await RunAsync(["check", "dask", "--json"]);

        Assert.Equal((2, "", "There is no system dask. There are desk, mail, crm.\n"), end);
    }

    [Fact]
    public async Task Without_a_name_all_that_are_configured_are_checked_a_line_each_and_one_that_fails_ends_with_1()
    {
        var end = await RunAsync(["check"]);

        Assert.Equal("SYSTEM  STATE   VERDICT\ndesk    ok      Its feed answers.\nmail    failed  1 of 2 feeds answer. tickets: Answered 403.\n", end.Out.ReplaceLineEndings("\n"));
        Assert.Equal(1, end.Code);
    }

    [Fact]
    public async Task Json_of_one_is_an_object_and_of_all_is_a_list_in_snake_case()
    {
        var one = JsonDocument.Parse((await RunAsync(["check", "desk", "--json"])).Out).RootElement;
        var all = JsonDocument.Parse((await RunAsync(["check", "--json"])).Out).RootElement;

        Assert.Equal(98, one.GetProperty("feeds")[0].GetProperty("sample").GetProperty("account_ids").GetProperty("carried").GetInt32());
        Assert.Equal(["desk", "mail"], all.EnumerateArray().Select(report => report.GetProperty("system").GetString()));
        Assert.Equal(403, all[1].GetProperty("feeds")[1].GetProperty("problem").GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Connectors_that_do_not_answer_end_with_3()
    {
        var end = await RunAsync(["check", "desk"], path => path.EndsWith("/check", StringComparison.Ordinal) ? null : "");

        Assert.Equal((3, "", "connectors does not answer\n"), end);
    }

    [Fact]
    public async Task Connectors_that_go_away_meanwhile_end_with_3_beside_what_was_found()
    {
        var end = await RunAsync(["check"], path => path.EndsWith("/mail", StringComparison.Ordinal) ? null : "");

        Assert.Equal((3, "connectors does not answer\n"), (end.Code, end.Error));
        Assert.Contains("desk    ok", end.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_of_a_system_cannot_draw_on_the_terminal() =>
        Assert.Contains("Answered 403: \\u001b[31m", Printed.Text(CheckScreen.Of(Good with { Verdict = "Answered 403: \u001b[31m" })), StringComparison.Ordinal);

    [Theory]
    [InlineData("", "abc", 3)]
    [InlineData("abc", "abc", 0)]
    [InlineData("desk", "dask", 1)]
    [InlineData("desk", "desks", 1)]
    [InlineData("kitten", "sitting", 3)]
    public void The_distance_of_names_is_in_letters(string left, string right, int distance) => Assert.Equal(distance, Nearest.Distance(left, right));

    /// <param name="office">Null for what does not answer; empty for what answers as usual.</param>
    private static async Task<(int Code, string Out, string Error)> RunAsync(string[] arguments, Func<string, string?>? office = null)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var variables = new Dictionary<string, string> { ["PIPELINE_DEAD_LETTERS_URL"] = "http://127.0.0.1:7", ["PIPELINE_KEY"] = "secret-key" };
        var terminal = new Terminal(Terminal.Plain(output), output, error, variables.GetValueOrDefault, () => new Office(path => office?.Invoke(path) is null && office is not null), TimeProvider.System);
        return (await PipelineCommand.RunAsync(arguments, terminal), output.ToString(), error.ToString());
    }

    private sealed class Office(Func<string, bool> isAway) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.AbsolutePath;
            return Task.FromResult(isAway(path)
                ? Says("""{"detail":"connectors does not answer"}""", HttpStatusCode.ServiceUnavailable, "application/problem+json")
                : Says(path.Split('/')[^1].ToUpperInvariant() switch
                {
                    "CHECK" => JsonSerializer.Serialize<IReadOnlyList<SystemLine>>([new("crm", false), new("desk", true), new("mail", true)], PipelineJson.Report.IReadOnlyListSystemLine),
                    "DESK" => JsonSerializer.Serialize(Good, PipelineJson.Report.CheckReport),
                    "MAIL" => JsonSerializer.Serialize(Bad, PipelineJson.Report.CheckReport),
                    _ => JsonSerializer.Serialize(Unset, PipelineJson.Report.CheckReport),
                }));
        }

        private static HttpResponseMessage Says(string body, HttpStatusCode status = HttpStatusCode.OK, string mediaType = "application/json") => new(status) { Content = new StringContent(body, Encoding.UTF8, mediaType) };
    }
}
