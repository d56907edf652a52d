using System.Net;
using System.Text;
using System.Text.Json;
using Pipeline.Cli;
using Pipeline.Contracts;

namespace Pipeline.Unit.Tests.Cli;

public sealed class ThePipelineCommand
{
    private static readonly Guid Letter = new("0198b2c4-5d1e-7c3a-9f00-2a6f5b1d7e10");
    private static readonly string Balanced = JsonSerializer.Serialize(Reports.Ledger, PipelineJson.Report.PipelineLedger);
    private static readonly string Unbalanced = JsonSerializer.Serialize(Reports.Ledger with { Balanced = false, Mistakes = ["gatekeeper does not answer"] }, PipelineJson.Report.PipelineLedger);

    [Fact]
    public async Task A_ledger_that_balances_ends_with_0() => Assert.Equal(0, (await RunAsync(["ledger"], Says(Balanced))).Code);

    [Fact]
    public async Task A_ledger_that_does_not_balance_ends_with_1_and_says_why_on_standard_error()
    {
        var end = await RunAsync(["ledger"], Says(Unbalanced));

        Assert.Equal(1, end.Code);
        Assert.Equal("gatekeeper does not answer\n", end.Error);
    }

    [Fact]
    public async Task A_ledger_that_lacks_a_service_is_shown_and_ends_with_3()
    {
        var end = await RunAsync(["ledger"], Says(Unbalanced, HttpStatusCode.ServiceUnavailable));

        Assert.Equal(3, end.Code);
        Assert.Contains("portal", end.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_what_the_office_said_and_nothing_else()
    {
        var end = await RunAsync(["ledger", "--json"], Says(Balanced));

        Assert.Equal(Balanced + "\n", end.Out);
        Assert.Equal("", end.Error);
    }

    [Fact]
    public async Task What_does_not_exist_ends_with_1_and_leaves_standard_output_empty()
    {
        var end = await RunAsync(["why", "portal", "booking", "BK-1", "--json"], Says("""{"detail":"No object portal booking BK-1 has been seen."}""", HttpStatusCode.NotFound, "application/problem+json"));

        Assert.Equal((1, "", "No object portal booking BK-1 has been seen.\n"), end);
    }

    [Fact]
    public async Task A_time_that_is_none_is_told_with_what_to_write() =>
        Assert.Contains("Write 2026-11-24T09:30:00Z.", (await RunAsync(["why", "product", "usage_event", "EV-1", "--at", "yesterday"], Says("{}"))).Error, StringComparison.Ordinal);

    [Fact]
    public async Task A_service_that_does_not_answer_ends_with_3_and_is_named()
    {
        var end = await RunAsync(["accounts", "show", "A 1"], Says("""{"detail":"system-of-record does not answer"}""", HttpStatusCode.ServiceUnavailable, "application/problem+json"));

        Assert.Equal((3, "", "system-of-record does not answer\n"), end);
    }

    [Fact]
    public async Task A_status_in_which_a_service_is_not_ready_ends_with_3()
    {
        var status = Reports.Status with { Services = [new("connectors", "out_of_reach", "Connection refused"), new("gatekeeper", "ready", null)] };

        var end = await RunAsync(["status"], Says(JsonSerializer.Serialize(status, PipelineJson.Report.StatusReport)));

        Assert.Equal((3, "connectors is out of reach: Connection refused\n"), (end.Code, end.Error));
    }

    [Fact]
    public async Task An_office_out_of_reach_ends_with_3()
    {
        var end = await RunAsync(["status"], _ => throw new HttpRequestException("Connection refused"));

        Assert.Equal(3, end.Code);
        Assert.Contains("dead-letters is out of reach at http://127.0.0.1:7/", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_cannot_be_read_ends_with_3_and_without_a_stack() =>
        Assert.Equal((3, "", "dead-letters gives an answer that this command cannot read. Are both of the same version?\n"), await RunAsync(["status"], Says("<html>")));

    [Fact]
    public async Task A_key_that_is_not_taken_is_not_shown()
    {
        var end = await RunAsync(["status"], Says("{}", HttpStatusCode.Unauthorized, "application/problem+json"));

        Assert.Equal(1, end.Code);
        Assert.DoesNotContain("secret-key", end.Out + end.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("nonsense")]
    [InlineData("why", "portal", "booking")]
    [InlineData("why", "product", "usage_event", "EV-1", "--at", "2026-11-24T09:30:00")]
    [InlineData("dead-letters", "list", "--reason", "no_such_reason")]
    [InlineData("dead-letters", "list", "--limit", "0")]
    [InlineData("dead-letters", "list", "--limit", "x")]
    [InlineData("dead-letters", "show", "not-an-id")]
    [InlineData("demo", "--timeout", "0")]
    [InlineData("demo", "--record", "/no/such/folder/demo.svg")]
    public async Task Wrong_usage_ends_with_2_and_leaves_standard_output_empty(params string[] arguments)
    {
        var end = await RunAsync(arguments, Says("{}"));

        Assert.Equal((2, ""), (end.Code, end.Out));
        Assert.NotEqual("", end.Error);
    }

    [Theory]
    [InlineData("PIPELINE_DEAD_LETTERS_URL", "status")]
    [InlineData("PIPELINE_KEY", "status")]
    [InlineData("PIPELINE_SIMULATOR_URL", "demo")]
    public async Task A_variable_that_is_not_set_is_named(string name, string command)
    {
        var end = await RunAsync([command], Says("{}"), missing: name);

        Assert.Equal(2, end.Code);
        Assert.StartsWith($"{name} is not set. `make ", end.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("ledger")]
    [InlineData("why")]
    [InlineData("accounts", "show")]
    [InlineData("parked", "list")]
    [InlineData("check")]
    [InlineData("dead-letters", "list")]
    [InlineData("dead-letters", "show")]
    [InlineData("demo")]
    public async Task Help_has_an_example(params string[] command)
    {
        var end = await RunAsync([.. command, "--help"], Says("{}"));

        Assert.Equal(0, end.Code);
        Assert.Contains($"Examples:\n  pipeline {string.Join(' ', command)}", end.Out.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ids_reach_the_office_exactly()
    {
        Uri? asked = null;
        await RunAsync(["accounts", "show", " a&b=ü/+%"], request =>
        {
            asked = request.RequestUri;
            return Says("{}", HttpStatusCode.NotFound)(request);
        });

        Assert.Equal("/api/accounts?id=%20a%26b%3D%C3%BC%2F%2B%25", asked!.PathAndQuery);
    }

    [Fact]
    public async Task A_dead_letter_is_given_with_its_body_byte_for_byte()
    {
        var line = new Pipeline.Contracts.Operations.DeadLetterLine(Letter, "message_unreadable", "The body is not one JSON text.", "portal", null, null, "gatekeeper-children", Reports.Noon, 1, null);
        byte[] body = [0xff, 0x00, 0x41];
        var report = new Pipeline.Contracts.Operations.DeadLetterReport(
            line, "child-object-received", "", Replayable: true, null, null, null, 1, Reports.Noon, new Dictionary<string, string>(), body.Length, null, Convert.ToBase64String(body), [], null);
        var office = Says(JsonSerializer.Serialize(report, PipelineJson.Report.DeadLetterReport));

        var json = JsonDocument.Parse((await RunAsync(["dead-letters", "show", $"{Letter}", "--json"], office)).Out).RootElement;
        var text = (await RunAsync(["dead-letters", "show", $"{Letter}"], office)).Out;

        Assert.Equal("message_unreadable", json.GetProperty("reason").GetString());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("body").ValueKind);
        Assert.Equal([0xff, 0x00, 0x41], json.GetProperty("body_base64").GetBytesFromBase64());
        Assert.Contains("00000000  ff 00 41", text, StringComparison.Ordinal);
    }

    private static Func<HttpRequestMessage, HttpResponseMessage> Says(string body, HttpStatusCode status = HttpStatusCode.OK, string mediaType = "application/json") =>
        _ => new(status) { Content = new StringContent(body, Encoding.UTF8, mediaType) };

    private static async Task<(int Code, string Out, string Error)> RunAsync(string[] arguments, Func<HttpRequestMessage, HttpResponseMessage> office, string? missing = null)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var variables = new Dictionary<string, string> { ["PIPELINE_DEAD_LETTERS_URL"] = "http://127.0.0.1:7", ["PIPELINE_KEY"] = "secret-key", ["PIPELINE_SIMULATOR_URL"] = "http://127.0.0.1:7" };
        var terminal = new Terminal(Terminal.Plain(output), output, error, name => name == missing ? null : variables.GetValueOrDefault(name), () => new ScriptedOffice(office), TimeProvider.System);
        return (await PipelineCommand.RunAsync(arguments, terminal), output.ToString(), error.ToString());
    }

    private sealed class ScriptedOffice(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer(request));
    }
}
