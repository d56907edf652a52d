using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.TestKit;

namespace Pipeline.Integration.Tests.Flows;

/// <summary>Signing in with the organisation's identity provider, and roles that are for some sources only.</summary>
public sealed class OrganisationTests
{
    private const string Grants = "office=admin; desk-team=operator:desk; all=reader";

    [Fact]
    public async Task Somebody_with_a_role_is_signed_in_and_led_to_where_they_were_going_on_every_replica()
    {
        await using var world = await World.New();
        await using var organisation = await IdentityProvider.Start();
        await using var pipeline = await RunningPipeline.Start(world, Settings(organisation));
        await using var replica = await RunningPipeline.Start(world, Settings(organisation));
        (organisation.Name, organisation.Roles) = ("kim", ["desk-team"]);

        using var browser = new HttpClient();
        Assert.Contains("Sign in with Acme", await browser.GetStringAsync(new Uri(pipeline.Office, "/sign-in")), StringComparison.Ordinal);
        using var landed = await browser.GetAsync(new Uri(pipeline.Office, "/session/organisation?to=%2Fdead-letters%3Fq%3Dsource%3Adesk"));

        Assert.Equal((HttpStatusCode.OK, "/dead-letters?q=source:desk"), (landed.StatusCode, landed.RequestMessage!.RequestUri!.PathAndQuery));
        Assert.Equal(["kim operator sign in done by Acme, for desk"], await world.Texts("select concat_ws(' ', actor, role, action, result, detail) from dead_letters.audit"));
        foreach (var astray in (string[])["//evil.example", "/%5Cevil.example", "https://evil.example"])
            Assert.Equal(pipeline.Office.Authority, (await browser.GetAsync(new Uri(pipeline.Office, $"/session/organisation?to={astray}"))).RequestMessage!.RequestUri!.Authority);
        using var elsewhere = await browser.GetAsync(new Uri(replica.Office, "/dead-letters")); // one cookie for every port of a host
        Assert.Equal("/dead-letters", elsewhere.RequestMessage!.RequestUri!.AbsolutePath);
    }

    [Fact]
    public async Task Somebody_without_a_role_is_told_so_and_sees_nothing()
    {
        await using var world = await World.New();
        await using var organisation = await IdentityProvider.Start();
        await using var pipeline = await RunningPipeline.Start(world, Settings(organisation));
        (organisation.Name, organisation.Roles) = ("mallory", ["sales"]);

        using var browser = new HttpClient();
        var answer = await browser.GetStringAsync(new Uri(pipeline.Office, "/session/organisation"));

        Assert.Contains("no role is granted to you here", answer, StringComparison.Ordinal);
        using var page = await browser.GetAsync(pipeline.Office);
        Assert.Equal("/sign-in", page.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal(["mallory refused"], await world.Texts("select concat_ws(' ', actor, result) from dead_letters.audit"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await (await Program(pipeline, organisation)).GetAsync(new Uri("/api/status", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Whoever_has_a_role_for_one_source_sees_and_changes_what_is_of_that_source_and_nothing_else()
    {
        await using var world = await World.New();
        await using var organisation = await IdentityProvider.Start();
        await using var pipeline = await RunningPipeline.Start(world, [.. Settings(organisation), "--Deadlines:default=00:00:01", "--Deadlines:desk:note=1.00:00:00", "--Deadlines:portal:note=1.00:00:00"]);
        await pipeline.Child("1", "\"account_id\":\"A\"");
        await pipeline.Child("2", "\"account_id\":\"A\"", source: "portal");
        await pipeline.Outsider.Publish(Exchanges.ChildObjectReceived, "no json");
        await pipeline.Child("3", "\"account_id\":\"B\"", type: "note");
        await pipeline.Child("4", "\"account_id\":\"C\"", type: "note", source: "portal");
        var letters = await pipeline.DeadLetters(3);
        var (own, other) = (letters.Single(letter => letter.Source == "desk"), letters.Single(letter => letter.Source == "portal"));
        var groups = await pipeline.Get<IReadOnlyList<DeadLetterGroup>>("/api/dead-letters/groups");
        (organisation.Name, organisation.Roles) = ("kim", ["desk-team"]);
        using var kim = await Program(pipeline, organisation);

        Assert.Equal(own.Id, Assert.Single(await Get<IReadOnlyList<DeadLetterLine>>(kim, "dead-letters")).Id);
        Assert.Equal(own.Id, Assert.Single((await Get<DeadLetterPage>(kim, "dead-letters/page")).Letters).Id);
        Assert.Empty(await Get<IReadOnlyList<DeadLetterLine>>(kim, "dead-letters?q=source:portal%20OR%20NOT%20source:portal%20source:portal"));
        Assert.Equal("desk", Assert.Single(await Get<IReadOnlyList<DeadLetterGroup>>(kim, "dead-letters/groups")).Source);
        Assert.Equal("account_id B", Assert.Single(await Get<IReadOnlyList<ParkedLine>>(kim, "parked"), line => line.Objects > 0).Claim);
        Assert.Equal("desk", Assert.Single(await Get<IReadOnlyList<ClaimProfile>>(kim, "claims")).Source);
        Assert.Equal(HttpStatusCode.OK, await Status(kim, $"dead-letters/{own.Id}/body"));
        foreach (var hidden in (string[])[$"dead-letters/{other.Id}", $"dead-letters/{other.Id}/body"]) Assert.Equal(HttpStatusCode.NotFound, await Status(kim, hidden));
        foreach (var forbidden in (string[])["audit", "accounts?id=A", "accounts/objects?id=A", "accounts/near-misses", "rules", "rules/in-force", "advice", "why?source=portal&type=ticket&id=2"])
            Assert.Equal(HttpStatusCode.Forbidden, await Status(kim, forbidden));

        Assert.Equal(HttpStatusCode.BadRequest, (await Send(kim, HttpMethod.Put, $"dead-letters/groups/{groups.Single(group => group.Source == "portal").Key}", """{"triage":"known","quiet":false,"author":"x"}""")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await Send(kim, HttpMethod.Put, $"dead-letters/groups/{groups.Single(group => group.Source == "desk").Key}", """{"triage":"known","quiet":false,"author":"x"}""")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Send(kim, HttpMethod.Post, "corrections", """{"source":"portal","claim":{"by":"account_id","value":"c"},"account_id":"C","author":"x","reason":"y"}""")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Send(kim, HttpMethod.Post, "release-rules", """{"name":"mine","query":"","author":"x","reason":"y"}""")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await Send(kim, HttpMethod.Post, "operations", $$"""{"kind":"discard","letters":["{{other.Id}}"],"author":"x","reason":"y"}""")).Status);
        var (status, body) = await Send(kim, HttpMethod.Post, "operations", """{"kind":"discard","query":"","author":"somebody else","reason":"tests"}""");
        Assert.Equal(HttpStatusCode.OK, status);
        var operation = JsonSerializer.Deserialize(body, PipelineJson.Report.OperationReport)!;
        Assert.Equal((1, "kim"), (operation.Letters, operation.Author)); // the name is the provider's, whatever the order says

        var all = await pipeline.Ended(await pipeline.Order(new OperationOrder { Kind = "restore", Query = "", Author = "ada", Reason = "none was wrong" }));
        Assert.Equal(1, all.Letters);
        var theirs = await pipeline.Order(new OperationOrder { Kind = "replay", Query = "", Author = "ada", Reason = "all", Pace = 0.1 });
        Assert.Single((await Get<OperationLetterPage>(kim, $"operations/{theirs.Id}/letters")).Letters);
        var steered = await Send(kim, HttpMethod.Post, $"operations/{theirs.Id}/cancel", """{"author":"x"}""");
        Assert.Equal(HttpStatusCode.Conflict, steered.Status);
        Assert.Contains("sources that your role is not for", steered.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_highest_role_counts_and_no_forged_token_does()
    {
        await using var world = await World.New();
        await using var organisation = await IdentityProvider.Start();
        await using var stranger = await IdentityProvider.Start();
        await using var pipeline = await RunningPipeline.Start(world, Settings(organisation));
        organisation.Roles = stranger.Roles = ["all", "office", "desk-team"];

        using var admin = await Program(pipeline, organisation);
        Assert.Equal(HttpStatusCode.OK, await Status(admin, "audit"));
        using var forged = await Program(pipeline, stranger);
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(forged, "audit"));
    }

    [Fact]
    public async Task The_api_describes_itself_to_who_may_ask()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        using var nobody = new HttpClient { BaseAddress = pipeline.Office };
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(nobody, "openapi/office.json"));

        using var document = JsonDocument.Parse(await pipeline.Text("/api/openapi/office.json"));
        var operations = document.RootElement.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(method => (Name: $"{method.Name} {path.Name}", method.Value))).ToList();
        Assert.InRange(operations.Count, 40, 80);
        foreach (var (name, operation) in operations)
        {
            Assert.True(operation.TryGetProperty("summary", out _), $"{name} says not what it is for");
            var responses = operation.GetProperty("responses");
            Assert.True(responses.TryGetProperty("200", out _) || responses.TryGetProperty("204", out _), $"{name} says not what it answers");
            Assert.True(responses.TryGetProperty("403", out _), $"{name} says not that it may be refused");
        }

        var letter = document.RootElement.GetProperty("components").GetProperty("schemas").GetProperty("DeadLetterLine").GetProperty("properties");
        Assert.True(letter.TryGetProperty("native_id", out _)); // by the names that the answers have
        Assert.True(document.RootElement.GetProperty("paths").GetProperty("/api/operations").GetProperty("post").TryGetProperty("requestBody", out _));
    }

    private static string[] Settings(IdentityProvider organisation) => [.. organisation.Settings(Grants).Select(setting => $"--{setting.Name.Replace("__", ":")}={setting.Value}")];

    private static async Task<HttpClient> Program(RunningPipeline pipeline, IdentityProvider provider)
    {
        var client = new HttpClient { BaseAddress = pipeline.Office };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await provider.Token());
        return client;
    }

    private static async Task<T> Get<T>(HttpClient client, string path) where T : class
    {
        var body = await client.GetStringAsync(new Uri($"/api/{path}", UriKind.Relative));
        return (T)JsonSerializer.Deserialize(body, PipelineJson.Report.GetTypeInfo(typeof(T))!)!;
    }

    private static async Task<HttpStatusCode> Status(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri($"/api/{path}", UriKind.Relative));
        return answer.StatusCode;
    }

    private static async Task<(HttpStatusCode Status, string Body)> Send(HttpClient client, HttpMethod method, string path, string body)
    {
        using var request = new HttpRequestMessage(method, new Uri($"/api/{path}", UriKind.Relative)) { Content = new StringContent(body) };
        using var answer = await client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
