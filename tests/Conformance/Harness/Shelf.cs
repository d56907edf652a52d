using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Pipeline.Connectors;
using Pipeline.Connectors.Reading;
using Pipeline.Contracts;

namespace Pipeline.Conformance.Tests.Harness;

/// <summary>
/// A small system of no vendor, to hold the engine itself against: items with stamps, filtered and ordered as a test says.
/// </summary>
public sealed class Shelf : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Shelf(Func<HttpContext, Task> answer, FastTime time)
    {
        Time = time;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(context =>
        {
            Requests.Enqueue($"{context.Request.Path}{context.Request.QueryString}");
            context.Response.Headers.Date = time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
            return answer(context);
        });
        Engine = new Engine(Time);
    }

    public FastTime Time { get; }

    public Engine Engine { get; }

    public ConcurrentQueue<string> Requests { get; } = new();

    public IEnumerable<string> PublishedIds => Engine.Recorder.Messages.Select(message => message.NativeId!);

    public static async Task<Shelf> OpenAsync(Func<HttpContext, Task> answer, int speed = 100)
    {
        var shelf = new Shelf(answer, new FastTime(speed));
        await shelf._app.StartAsync();
        return shelf;
    }

    /// <summary>Reads the feed until this many passes have ended.</summary>
    public Task ReadAsync(Feed feed, int passes, Death? death = null, TimeSpan? interval = null) => Engine.UntilPassesAsync(System(feed, interval), passes, death);

    /// <summary>Reads the feed with this proof.</summary>
    public Task ReadAsync(Feed feed, Authentication authentication, int passes, TimeSpan? interval = null) => Engine.UntilPassesAsync(System(feed, interval, authentication), passes);

    /// <summary>The shelf with a webhook whose deliveries hold an item, or name one.</summary>
    public ConfiguredSystem WithWebhook(Authentication? authentication = null)
    {
        var feed = new Feed
        {
            Name = "items",
            First = _ => new VendorRequest("/items"),
            Read = answer => new Page(answer.Body.Rows(), null, null),
            Map = Map,
            ById = Lookup.One(id => $"/items/{id}"),
        };
        var system = System(feed, null, authentication);
        var webhook = new Webhook
        {
            Proof = new WebhookProof.SecretHeader("X-Secret", new Secret("shelf")),
            DeliveryId = _ => null,
            Read = body => body.Json.OptionalText("name") is { } name ? [new Notice.Named("items", name)] : [new Notice.Change("items", body.Json.Part("item"))],
        };
        return system with { System = system.System with { Webhook = webhook } };
    }

    /// <summary>Reads many feeds side by side until this many passes, of all together, have ended.</summary>
    /// <param name="timeout">For one request.</param>
    public Task ReadAsync(IEnumerable<Feed> feeds, int passes, int concurrency, TimeSpan timeout)
    {
        var system = System(feeds.First(), TimeSpan.FromHours(1));
        return Engine.UntilPassesAsync(system with { System = system.System with { Feeds = [.. feeds] }, Concurrency = concurrency, RequestTimeout = timeout }, passes);
    }

    private ConfiguredSystem System(Feed feed, TimeSpan? interval, Authentication? authentication = null) => new(
        "shelf", new Uri(_app.Urls.Single()), new SourceSystem(authentication ?? new Authentication.Bearer(new Secret("shelf-secret")), [feed]),
        interval ?? TimeSpan.FromSeconds(1), TimeSpan.FromHours(10), TimeSpan.FromMinutes(1), []);

    public static JsonObject Item(string id, string time) => new() { ["id"] = id, ["at"] = $"2026-03-02T{time}Z" };

    /// <summary>An item as a message.</summary>
    public static Mapped Map(JsonElement item) => Mapped.ToAccount(item, fields => new AccountDiscovered
    {
        Source = "shelf", NativeId = fields.RequiredText("id"), ObservedAt = fields.RequiredTime("at"),
    });

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
