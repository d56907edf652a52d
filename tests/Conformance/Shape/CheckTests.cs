using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Pipeline.Conformance.Tests.Harness;
using Pipeline.Connectors;
using Pipeline.Connectors.Engine.Http;
using Pipeline.Connectors.Reading;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;

namespace Pipeline.Conformance.Tests.Shape;

/// <summary>What a check says of each thing that may be wrong, over real connections.</summary>
public sealed class CheckTests : IAsyncLifetime
{
    private const string Key = "shelf-secret";
    private readonly WebApplication _shelf;
    private Func<HttpContext, Task> _answer = _ => Task.CompletedTask;
    private int _requests;

    public CheckTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _shelf = builder.Build();
        _shelf.Run(context =>
        {
            Interlocked.Increment(ref _requests);
            return _answer(context);
        });
    }

    private string Address => _shelf.Urls.Single();

    public async ValueTask InitializeAsync() => await _shelf.StartAsync();

    public async ValueTask DisposeAsync() => await _shelf.DisposeAsync();

    [Theory]
    [InlineData(400, "request_refused")]
    [InlineData(401, "credentials_refused")]
    [InlineData(402, "permission_missing")]
    [InlineData(403, "permission_missing")]
    [InlineData(404, "not_found")]
    [InlineData(406, "not_acceptable")]
    [InlineData(410, "gone")]
    [InlineData(422, "request_refused")]
    [InlineData(500, "server_error")]
    [InlineData(503, "server_error")]
    public async Task A_refusal_is_told_by_its_kind_with_the_systems_own_words_and_without_secrets(int status, string code)
    {
        _answer = context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync($$"""{"error":"no, not with {{Key}}"}""");
        };

        var report = await CheckAsync(Address);

        var problem = report.Feeds[0].Problem!;
        Assert.Equal(("failed", "failed", code, status), (report.State, report.Feeds[0].State, problem.Code, problem.Status));
        Assert.Contains("no, not with ***", problem.Detail, StringComparison.Ordinal);
        Assert.NotEqual("", problem.Advice);
        Assert.Equal($"GET {Address}/items", report.Feeds[0].Asked);
        Assert.DoesNotContain(Key, JsonSerializer.Serialize(report, PipelineJson.Report.CheckReport), StringComparison.Ordinal);
        Assert.Equal(2, _requests); // each feed once: a person waits, so nothing is retried
    }

    [Fact]
    public async Task A_permission_that_one_feed_lacks_is_told_with_its_name_while_the_other_is_read()
    {
        _answer = context =>
        {
            context.Response.StatusCode = context.Request.Path == "/invoices" ? 403 : 200;
            return context.Response.WriteAsync(context.Request.Path == "/invoices" ? "scope billing:read is missing" : Items("""{"id":"1","at":"2026-03-02T10:00:00Z"}"""));
        };

        var report = await CheckAsync(Address);

        Assert.Equal(("failed", "accepted"), (report.State, report.Credentials));
        Assert.Equal(["ok", "failed"], report.Feeds.Select(feed => feed.State));
        Assert.Equal("1 of 2 feeds answer. invoices: Answered 403: scope billing:read is missing.", report.Verdict);
        Assert.Contains("invoices", report.Feeds[1].Problem!.Advice, StringComparison.Ordinal);
        Assert.Contains("Connectors__shelf__ApiKey", report.Feeds[1].Problem!.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_credentials_name_the_setting_that_holds_them()
    {
        _answer = context =>
        {
            context.Response.StatusCode = 401;
            return Task.CompletedTask;
        };

        var report = await CheckAsync(Address);

        Assert.Equal("refused", report.Credentials);
        Assert.Equal("Answered 401. Look at Connectors__shelf__ApiKey (or the file in its place): it is wrong, has expired or was revoked.", report.Verdict);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_token_that_is_not_given_is_asked_for_once(int status)
    {
        _answer = context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync("""{"error":"invalid_client"}""");
        };

        var report = await CheckAsync(Address, new Authentication.ClientCredentials("/token", "client", new Secret(Key)));

        Assert.Equal(("refused", "credentials_refused"), (report.Credentials, report.Feeds[0].Problem!.Code));
        Assert.Contains("client id", report.Feeds[0].Problem!.Advice, StringComparison.Ordinal);
        Assert.Equal("not_asked", report.Feeds[1].State);
        Assert.Equal(1, _requests);
    }

    [Fact]
    public async Task Whoever_is_given_a_token_has_credentials_that_are_accepted_whatever_comes_after()
    {
        _answer = context =>
        {
            context.Response.StatusCode = context.Request.Path == "/token" ? 200 : 403;
            return context.Response.WriteAsync("""{"access_token":"abc"}""");
        };

        var report = await CheckAsync(Address, new Authentication.ClientCredentials("/token", "client", new Secret(Key)));

        Assert.Equal(("accepted", "permission_missing"), (report.Credentials, report.Feeds[0].Problem!.Code));
    }

    [Fact]
    public async Task A_limit_is_told_with_its_wait_and_the_pollers_keep_to_it()
    {
        _answer = context =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "37";
            return Task.CompletedTask;
        };
        await using var check = new Checked(System(Address), TimeProvider.System);

        var report = await check.RunAsync();
        var again = await check.RunAsync();

        Assert.Equal(("over_limit", 37), (report.Feeds[0].Problem!.Code, report.Feeds[0].Problem!.WaitSeconds));
        Assert.Contains("37 seconds", report.Verdict, StringComparison.Ordinal);
        Assert.InRange(check.Gate.TakeTurn().Wait.TotalSeconds, 30, 37);
        Assert.Equal("over_limit", again.Feeds[0].Problem!.Code);
        Assert.Equal(1, _requests); // the second check waits as well, and asks nothing
    }

    [Fact]
    public async Task A_limit_of_a_second_is_waited_out()
    {
        _answer = context =>
        {
            if (_requests > 1) return context.Response.WriteAsync(Items());
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "1";
            return Task.CompletedTask;
        };
        await using var check = new Checked(System(Address), TimeProvider.System);
        Assert.Equal("ok", (await check.RunAsync()).State);
    }

    [Theory]
    [InlineData(1, "ok", 2)]
    [InlineData(60, "failed", 0)]
    public async Task While_little_is_left_of_the_limit_a_check_waits_for_its_turn_but_not_for_long(int spacing, string state, int requests)
    {
        _answer = context => context.Response.WriteAsync(Items());
        await using var check = new Checked(System(Address), TimeProvider.System);
        check.Gate.Spread("other", new Ration(TimeSpan.FromSeconds(spacing), TimeProvider.System.GetUtcNow().AddMinutes(5)));

        var report = await check.RunAsync();

        Assert.Equal((state, requests), (report.State, _requests));
        Assert.Equal(requests == 0 ? "over_limit" : null, report.Feeds[0].Problem?.Code);
    }

    [Fact]
    public async Task A_login_page_is_told_to_be_a_wrong_address()
    {
        _answer = context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            return context.Response.WriteAsync("<html><body>Log in</body></html>");
        };

        var problem = (await CheckAsync(Address)).Feeds[0].Problem!;

        Assert.Equal(("not_json", "Answered 200 with 32 bytes of text/html that are not JSON."), (problem.Code, problem.Detail));
        Assert.Contains("login", problem.Advice, StringComparison.Ordinal);
        Assert.Contains("Connectors__shelf__BaseUrl", problem.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_its_target_is_told_without_its_query()
    {
        _answer = context =>
        {
            context.Response.Redirect("https://login.example.com/start?session=abc");
            return Task.CompletedTask;
        };

        var problem = (await CheckAsync(Address)).Feeds[0].Problem!;

        Assert.Equal(("redirected", "Answered 302: it points to https://login.example.com/start"), (problem.Code, problem.Detail));
    }

    [Fact]
    public async Task An_unknown_shape_names_what_is_missing()
    {
        _answer = context => context.Response.WriteAsync("""{"rows":[]}""");

        var problem = (await CheckAsync(Address)).Feeds[0].Problem!;

        Assert.Equal(("unknown_shape", "The answer has no \"items\" that is a list."), (problem.Code, problem.Detail));
    }

    [Fact]
    public async Task An_answer_that_does_not_come_is_a_timeout_and_the_other_feed_is_not_waited_for()
    {
        _answer = context => Task.Delay(TimeSpan.FromSeconds(20), context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);

        var report = await CheckAsync(Address, timeout: TimeSpan.FromMilliseconds(300));

        Assert.Equal(["timeout", null], report.Feeds.Select(feed => feed.Problem?.Code));
        Assert.Contains("within 0.3 seconds", report.Verdict, StringComparison.Ordinal);
        Assert.Equal(("not_asked", 1), (report.Feeds[1].State, _requests));
    }

    [Fact]
    public async Task A_connection_that_breaks_is_told()
    {
        _answer = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };

        Assert.Equal("connection_broken", (await CheckAsync(Address)).Feeds[0].Problem!.Code);
    }

    [Fact]
    public async Task A_port_where_nobody_listens_refuses_the_connection()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var report = await CheckAsync($"http://127.0.0.1:{port}");

        Assert.Equal(("connection_refused", "unknown"), (report.Feeds[0].Problem!.Code, report.Credentials));
        Assert.StartsWith($"127.0.0.1:{port} refuses the connection. Correct Connectors__shelf__BaseUrl,", report.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_there_is_not_is_told() =>
        Assert.Equal("host_not_found", (await CheckAsync("http://no-such-host.invalid")).Feeds[0].Problem!.Code);

    [Fact]
    public async Task A_port_that_does_not_speak_tls_is_told() =>
        Assert.Equal("tls_failed", (await CheckAsync(Address.Replace("http:", "https:", StringComparison.Ordinal))).Feeds[0].Problem!.Code);

    [Fact]
    public async Task A_feed_that_lists_nothing_says_so()
    {
        _answer = context => context.Response.WriteAsync(Items());

        var report = await CheckAsync(Address);

        Assert.Equal(("ok", "accepted"), (report.State, report.Credentials));
        Assert.Equal(["empty", "empty"], report.Feeds.Select(feed => feed.State));
        Assert.StartsWith("It answers, and lists nothing", report.Feeds[0].Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_of_which_none_can_be_mapped_are_a_failure()
    {
        _answer = context => context.Response.WriteAsync(Items("""{"id":"1"}""", """{"at":"2026-03-02T10:00:00Z"}""", """{"id":"2"}"""));

        var feed = (await CheckAsync(Address)).Feeds[0];

        Assert.Equal(("failed", "nothing_mapped"), (feed.State, feed.Problem!.Code));
        Assert.Equal(2, feed.Sample!.UnmappableReasons["The field at is missing."]);
    }

    private async Task<CheckReport> CheckAsync(string address, Authentication? authentication = null, TimeSpan? timeout = null)
    {
        await using var check = new Checked(System(address, authentication, timeout), TimeProvider.System);
        return await check.RunAsync();
    }

    private static ConfiguredSystem System(string address, Authentication? authentication = null, TimeSpan? timeout = null) => new(
        "shelf", new Uri(address), new SourceSystem(authentication ?? new Authentication.Bearer(new Secret(Key)), [List("items"), List("invoices")]),
        TimeSpan.FromSeconds(1), timeout ?? TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), [new Secret(Key)])
    {
        Settings = [new Setting("BaseUrl", "the address", "required"), new Setting("ApiKey", "the key", "required", IsSecret: true)],
    };

    private static Feed List(string name) => new()
    {
        Name = name, First = _ => new VendorRequest($"/{name}?limit=1"), Read = answer => new Page(answer.Body.List("items"), null, null), Map = Shelf.Map,
    };

    private static string Items(params string[] items) => $$"""{"items":[{{string.Join(',', items)}}]}""";
}
