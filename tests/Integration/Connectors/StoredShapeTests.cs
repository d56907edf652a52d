using System.Net.Http.Headers;
using System.Text.Json;
using Pipeline.Connectors;
using Pipeline.Connectors.Engine.Drift;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.Hosting.Storage;
using Pipeline.TestKit;
using Pipeline.VendorSimulator;
using static Pipeline.TestKit.Waiting;

namespace Pipeline.Integration.Tests.Connectors;

/// <summary>Shapes as the real database keeps them.</summary>
public sealed class StoredShapeTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_shape_is_kept_by_system_and_feed_and_goes_on_as_if_it_had_never_been_stored()
    {
        await using var world = await World.New();
        await new Schema("connectors", typeof(ConnectorService).Assembly).ApplyAsync(world.Database, CancellationToken.None);
        var shapes = new PostgresShapes(world.Database);
        var learned = See(new FeedShape(), """{"id":"1","owner":{"name":"Ada"}}""", FirstPass.Ends).Shape;
        var told = See(learned, """{"id":"1","owner":{"name":7}}""").Shape;

        await shapes.SaveAsync("desk", "tickets", learned, CancellationToken.None);
        await shapes.SaveAsync("desk", "tickets", told, CancellationToken.None);
        var stored = await shapes.LoadAsync("desk", "tickets", CancellationToken.None);

        Assert.Equal(new FieldDrift("owner.name", Change.Retyped, JsonKinds.Text, JsonKinds.Number, Noon), Assert.Single(stored.Told));
        Assert.Empty(See(stored, """{"id":"1","owner":{"name":7}}""").Drifts);
        Assert.Equal("late", Assert.Single(See(stored, """{"id":"1","owner":{"name":7},"late":true}""").Drifts).Field);
        Assert.Equal(0, (await shapes.LoadAsync("desk", "users", CancellationToken.None)).Record.Taught);
        Assert.Empty((await shapes.LoadAsync("crm", "tickets", CancellationToken.None)).Told);
    }

    [Fact]
    public async Task Running_connectors_learn_a_shape_and_show_what_was_told_before_they_were_started()
    {
        await using var world = await World.New();
        await new Schema("connectors", typeof(ConnectorService).Assembly).ApplyAsync(world.Database, CancellationToken.None);
        var shapes = new PostgresShapes(world.Database);
        await shapes.SaveAsync("zendesk", "users", new FeedShape { Told = [new FieldDrift("phone", Change.Missing, JsonKinds.Text, JsonKinds.None, Noon)] }, CancellationToken.None);
        await using var simulator = Simulator.Build(["--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=None", "--hostBuilder:reloadConfigOnChange=false", "--Simulator:Zendesk:RefuseEvery=0"], null);
        await simulator.StartAsync();
        await using var connectors = ConnectorService.Build(
        [
            $"--PIPELINE_RABBITMQ={world.RabbitMq}", $"--PIPELINE_POSTGRES={world.Postgres}", "--PIPELINE_KEY=test-key", "--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=Error",
            $"--Connectors:zendesk:BaseUrl={simulator.Urls.First()}/zendesk", "--Connectors:zendesk:Email=agent@simulator.example", "--Connectors:zendesk:ApiToken=simulator-token",
        ]);
        await connectors.StartAsync();

        var feeds = await Eventually("the first passes have ended", () => ProgressAsync(connectors.Urls.First()), feeds => feeds.Count == 3 && feeds.All(feed => feed.State == "caught_up"));

        Assert.Equal([new SchemaDrift("phone", "missing", "string", null, Noon)], feeds.Single(feed => feed.Feed == "users").Drift);
        Assert.All(feeds.Where(feed => feed.Feed != "users"), feed => Assert.Empty(feed.Drift));
        var learned = (await shapes.LoadAsync("zendesk", "tickets", CancellationToken.None)).Record;
        Assert.True(learned.IsLearned);
        Assert.True(learned.Fields["id"].Always);
    }

    private static async Task<IReadOnlyList<FeedProgress>> ProgressAsync(string address)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "test-key");
        return JsonSerializer.Deserialize(await client.GetStringAsync(new Uri($"{address}/operations/progress")), PipelineJson.Report.IReadOnlyListFeedProgress)!;
    }

    private static (FeedShape Shape, IReadOnlyList<FieldDrift> Drifts) See(FeedShape shape, string record, FirstPass firstPass = FirstPass.Over) =>
        shape.After(SeenObject.Of([.. Enumerable.Repeat(JsonSerializer.Deserialize<JsonElement>(record), 5)]), firstPass, 5, Noon);
}
