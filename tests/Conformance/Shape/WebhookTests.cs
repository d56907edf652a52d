using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Pipeline.Conformance.Tests.Harness;
using Pipeline.Connectors;
using Pipeline.Connectors.Reading;
using Pipeline.Connectors.Webhooks;

namespace Pipeline.Conformance.Tests.Shape;

/// <summary>What holds for every webhook, whoever sends it.</summary>
public sealed class WebhookTests
{
    private static readonly Dictionary<string, string> Proof = new() { ["X-Secret"] = "shelf" };

    [Fact]
    public async Task A_burst_is_kept_in_a_few_sets_and_answered_at_once()
    {
        await using var shelf = await Shelf.OpenAsync(_ => Task.CompletedTask);
        await using var hook = await Hook.OpenAsync(shelf.WithWebhook());
        hook.Deliveries.BeforeKeeping = () => Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        var answers = await Task.WhenAll(Enumerable.Range(0, 600).Select(number => hook.SendAsync(Whole($"a{number}"), Proof)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer));
        Assert.InRange(hook.Deliveries.Sets, 1, 300);
        await hook.SettleAsync();
        Assert.Equal(600, hook.Recorder.Messages.Select(message => message.NativeId).Distinct().Count());
    }

    [Fact]
    public async Task A_delivery_that_cannot_be_kept_is_answered_with_try_again_and_not_lost_by_a_200()
    {
        await using var shelf = await Shelf.OpenAsync(_ => Task.CompletedTask);
        await using var hook = await Hook.OpenAsync(shelf.WithWebhook());
        hook.Deliveries.BeforeKeeping = () => throw new IOException("The database is gone.");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await hook.SendAsync(Whole("a"), Proof));
        hook.Deliveries.BeforeKeeping = () => Task.CompletedTask;
        Assert.Equal(HttpStatusCode.OK, await hook.SendAsync(Whole("a"), Proof));
    }

    [Fact]
    public async Task A_record_that_is_named_while_the_system_asks_to_wait_is_asked_for_later()
    {
        var asked = 0;
        await using var shelf = await Shelf.OpenAsync(context =>
        {
            if (Interlocked.Increment(ref asked) > 1) return context.Response.WriteAsJsonAsync(Shelf.Item("named", "09:00:00"));
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            context.Response.Headers.RetryAfter = "3";
            return Task.CompletedTask;
        });
        await using var hook = await Hook.OpenAsync(shelf.WithWebhook());
        await hook.SendAsync("""{"name":"named"}"""u8.ToArray(), Proof);
        await hook.SettleAsync();

        Assert.Equal("named", Assert.Single(hook.Recorder.Messages).NativeId);
        Assert.Equal(["/items/named", "/items/named"], shelf.Requests);
    }

    [Fact]
    public async Task To_wait_for_its_turn_again_and_again_is_no_failure()
    {
        await using var shelf = await Shelf.OpenAsync(context =>
        {
            context.Response.Headers["X-RateLimit-Limit"] = "100";
            context.Response.Headers["X-RateLimit-Remaining"] = "12";
            context.Response.Headers["X-RateLimit-Reset"] = "10";
            return context.Response.WriteAsJsonAsync(Shelf.Item(context.Request.Path.Value!.Split('/')[^1], "09:00:00"));
        });
        await using var hook = await Hook.OpenAsync(shelf.WithWebhook());
        await Task.WhenAll(Enumerable.Range(0, 30).Select(number => hook.SendAsync(Encoding.UTF8.GetBytes($$"""{"name":"n{{number}}"}"""), Proof)));
        await hook.SettleAsync();
        Assert.Equal(30, hook.Recorder.Messages.Select(message => message.NativeId).Distinct().Count());
        Assert.All(hook.Deliveries.Ends, end => Assert.Equal(DeliveryEnd.Read, end));
    }

    [Fact]
    public async Task Many_deliveries_that_name_one_record_ask_for_it_once()
    {
        await using var shelf = await Shelf.OpenAsync(context => context.Response.WriteAsJsonAsync(Shelf.Item("named", "09:00:00")));
        await using var hook = await Hook.OpenAsync(shelf.WithWebhook());
        hook.Deliveries.BeforeKeeping = () => Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, CancellationToken.None);
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => hook.SendAsync("""{"name":"named"}"""u8.ToArray(), Proof)));
        await hook.SettleAsync();
        Assert.InRange(shelf.Requests.Count, 1, 3);
    }

    [Fact]
    public async Task A_record_that_the_system_does_not_know_any_more_ends_the_delivery()
    {
        await using var shelf = await Shelf.OpenAsync(context => Task.FromResult(context.Response.StatusCode = StatusCodes.Status404NotFound));
        await using var hook = await Hook.OpenAsync(shelf.WithWebhook());
        await hook.SendAsync("""{"name":"gone"}"""u8.ToArray(), Proof);
        await hook.SettleAsync();
        Assert.Empty(hook.Recorder.Messages);
    }

    [Fact]
    public async Task A_token_that_is_not_to_be_had_does_not_make_the_record_gone()
    {
        var tokens = 0;
        await using var shelf = await Shelf.OpenAsync(context =>
        {
            if (context.Request.Path != "/token") return context.Response.WriteAsJsonAsync(Shelf.Item("named", "09:00:00"));
            if (Interlocked.Increment(ref tokens) > 1) return context.Response.WriteAsJsonAsync(new { access_token = "good" });
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        await using var hook = await Hook.OpenAsync(shelf.WithWebhook(new Authentication.ClientCredentials("/token", "client", new Secret("shelf-client"))));
        await hook.SendAsync("""{"name":"named"}"""u8.ToArray(), Proof);
        await hook.SettleAsync();
        Assert.Equal("named", Assert.Single(hook.Recorder.Messages).NativeId);
    }

    [Theory]
    [InlineData("not json at all")]
    [InlineData("{\"neither\":1}")]
    public async Task A_proven_delivery_of_no_known_shape_becomes_a_dead_letter(string body)
    {
        await using var shelf = await Shelf.OpenAsync(_ => Task.CompletedTask);
        await using var hook = await Hook.OpenAsync(shelf.WithWebhook());
        Assert.Equal(HttpStatusCode.OK, await hook.SendAsync(Encoding.UTF8.GetBytes(body), Proof));
        await hook.SettleAsync();
        var letter = Assert.Single(hook.Recorder.DeadLetters);
        Assert.Equal(("record_unmappable", "webhook", body), (letter.Refusal.Reason.Code, letter.ObjectType, Encoding.UTF8.GetString(letter.Body.Span)));
        Assert.Equal(DeliveryEnd.Unreadable, Assert.Single(hook.Deliveries.Ends));
    }

    [Fact]
    public async Task A_process_that_dies_before_the_delivery_has_ended_says_it_again_with_the_same_id()
    {
        await using var shelf = await Shelf.OpenAsync(_ => Task.CompletedTask);
        await using var hook = await Hook.OpenAsync(shelf.WithWebhook());
        hook.Recorder.FailsOnceAfter(1); // it is published, and what follows does not happen
        await hook.SendAsync(Whole("a"), Proof);
        await WaitAsync(() => hook.Recorder.Messages.Count >= 2); // due again when nobody holds it any more
        await hook.SettleAsync();
        Assert.Single(hook.Recorder.Messages.Select(message => message.Id).Distinct());
    }

    [Fact]
    public async Task A_body_over_a_mebibyte_is_turned_away_unread()
    {
        await using var shelf = await Shelf.OpenAsync(_ => Task.CompletedTask);
        await using var hook = await Hook.OpenAsync(shelf.WithWebhook());
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await hook.SendAsync(new byte[(1024 * 1024) + 1], Proof));
    }

    [Fact]
    public void A_form_is_read_by_its_names_and_a_second_value_does_not_hide_the_first()
    {
        var body = new WebhookBody("event=customer_update&payload%5Bcustomer%5D%5Bid%5D=12+3%264&event=other"u8.ToArray());
        Assert.Equal("customer_update", body.Form("event"));
        Assert.Equal("12 3&4", body.Form("payload[customer][id]"));
        Assert.Null(body.Form("payload"));
    }

    private static byte[] Whole(string id) => JsonSerializer.SerializeToUtf8Bytes(new { item = Shelf.Item(id, "09:00:00") });

    private static async Task WaitAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition()) await Task.Delay(10, patience.Token);
    }
}
