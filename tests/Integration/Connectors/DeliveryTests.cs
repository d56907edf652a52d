using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Npgsql;
using Pipeline.Connectors;
using Pipeline.Connectors.Webhooks;
using Pipeline.Contracts;
using Pipeline.TestKit;
using static Pipeline.TestKit.Waiting;

namespace Pipeline.Integration.Tests.Connectors;

/// <summary>Webhooks on the real broker and the real database.</summary>
public sealed class DeliveryTests
{
    private const string Secret = "whsec_integration";

    [Fact]
    public async Task A_burst_with_repeats_is_answered_and_each_change_is_published_once()
    {
        await using var world = await World.New();
        await using var service = await StartAsync(world);
        var heard = await world.Outsider.Listen(Exchanges.AccountDiscovered);
        using var client = new HttpClient { BaseAddress = new Uri(service.Urls.Single()) };
        var bodies = Enumerable.Range(0, 1000).Select(Event).ToList();
        using var atOnce = new SemaphoreSlim(64);

        var answers = await Task.WhenAll(bodies.Concat(bodies).Select(async body =>
        {
            await atOnce.WaitAsync();
            try
            {
                return await SendAsync(client, body);
            }
            finally
            {
                atOnce.Release();
            }
        }));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer));
        await Eventually("every delivery has ended", () => CountAsync(world, "select count(*) from connectors.deliveries where outcome = 'read' and body is null"), count => count == 1000);
        await Eventually("every change is published", async () => await world.Outsider.Depth(heard) == 1000);
        var messages = await world.Outsider.Take(heard);
        Assert.Equal(1000, messages.Select(message => message.Properties.MessageId).Distinct().Count());
    }

    [Fact]
    public async Task What_is_held_is_due_again_when_nobody_ends_it_and_what_has_ended_is_remembered_for_a_while()
    {
        await using var world = await World.New();
        await using var service = await StartAsync(world);
        await using var database = Database(world);
        var deliveries = new PostgresDeliveries(database);
        NewDelivery first = Delivery("1"), second = Delivery("2");

        Assert.Equal([first.Id, second.Id], (await deliveries.AddAsync([first, second, first], default)).Order());
        Assert.Empty(await deliveries.AddAsync([second], default));
        Assert.Equal(1, Assert.Single(await deliveries.TakeAsync("shelf", 1, TimeSpan.FromSeconds(1), default)).Attempts);
        var rest = Assert.Single(await deliveries.TakeAsync("shelf", 10, TimeSpan.FromMinutes(10), default));
        Assert.Empty(await deliveries.TakeAsync("shelf", 10, TimeSpan.FromMinutes(10), default));
        await deliveries.EndAsync([(rest.Id, DeliveryEnd.Read)], default);

        var again = await Eventually("the first is due again", () => deliveries.TakeAsync("shelf", 10, TimeSpan.FromMinutes(10), default), taken => taken.Count == 1);
        Assert.Equal(2, again[0].Attempts);
        await deliveries.PostponeAsync([again[0].Id], TimeSpan.Zero, default);
        Assert.Equal(3, Assert.Single(await deliveries.TakeAsync("shelf", 10, TimeSpan.FromMinutes(10), default)).Attempts);
        Assert.Equal(1, (await deliveries.PendingAsync(default))["shelf"]);
        Assert.Equal(0, await deliveries.ForgetAsync(TimeSpan.FromMinutes(1), default));
        Assert.Empty(await deliveries.AddAsync([rest.Id == first.Id ? first : second], default)); // ended, and still known
        Assert.Equal(1, await deliveries.ForgetAsync(TimeSpan.Zero, default));
    }

    private static NewDelivery Delivery(string id) => new(new Guid($"0000000{id}-0000-8000-8000-000000000000"), "shelf", "{}"u8.ToArray(), null);

    /// <summary>As the vendor signs it.</summary>
    private static async Task<HttpStatusCode> SendAsync(HttpClient client, string body)
    {
        var at = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{at}.{body}")));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/stripe") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("Stripe-Signature", $"t={at},v1={signature}");
        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }

    private static string Event(int number) =>
        $$"""{"id":"evt_{{number}}","object":"event","created":1772452740,"type":"customer.updated","data":{"object":{"id":"cus_{{number}}","object":"customer","created":1770888600,"metadata":{"account_id":"A-{{number}}"} } } }""";

    private static async Task<WebApplication> StartAsync(World world)
    {
        var service = ConnectorService.Build(
        [
            "--urls=http://127.0.0.1:0", $"--PIPELINE_RABBITMQ={world.RabbitMq}", $"--PIPELINE_POSTGRES={world.Postgres}",
            "--Connectors:stripe:BaseUrl=http://127.0.0.1:1", "--Connectors:stripe:ApiKey=unused", $"--Connectors:stripe:WebhookSecret={Secret}",
        ]);
        await service.StartAsync();
        return service;
    }

    private static NpgsqlDataSource Database(World world) => NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(world.Postgres) { SearchPath = "connectors" }.ConnectionString);

    private static async Task<long> CountAsync(World world, string sql)
    {
        await using var command = world.Database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
