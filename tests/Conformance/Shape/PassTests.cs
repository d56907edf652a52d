using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Pipeline.Conformance.Tests.Harness;
using Pipeline.Connectors;
using Pipeline.Connectors.Engine;
using Pipeline.Connectors.Reading;

namespace Pipeline.Conformance.Tests.Shape;

/// <summary>What may happen to a pass on its way.</summary>
public sealed class PassTests
{
    /// <summary>Three pages of one item each; the continuation is an address.</summary>
    private readonly Feed _feed = new()
    {
        Name = "items",
        First = start => VendorRequest.Get("/items", ("from", start.Cursor)),
        Read = answer => new Page(answer.Body.List("items"), answer.Body.OptionalText("next") is { } next ? new VendorRequest(next) : null,
            StampCursor.After(answer.Pass, answer.Body.List("items"), "at"), answer.Body.OptionalWhole("total")),
        Map = Shelf.Map,
    };

    [Fact]
    public async Task A_continuation_that_has_expired_is_given_up_and_the_pass_begins_anew_at_its_cursor()
    {
        var expired = true;
        await using var shelf = await Shelf.OpenAsync(context =>
        {
            if (context.Request.Path != "/more/2" || !expired) return AnswerAsync(context);
            expired = false;
            context.Response.StatusCode = StatusCodes.Status410Gone;
            return Task.CompletedTask;
        });
        await shelf.ReadAsync(_feed, 1);
        Assert.Equal(["/items", "/more/2", "/items?from=2026-03-02T10%3A00%3A00.0000000%2B00%3A00", "/more/2", "/more/3"], shelf.Requests);
        Assert.Equal(["a", "b", "c"], shelf.PublishedIds);
    }

    [Fact]
    public async Task A_first_request_that_is_refused_is_tried_again_and_shown()
    {
        var refusals = 2;
        await using var shelf = await Shelf.OpenAsync(context =>
        {
            if (refusals-- <= 0) return AnswerAsync(context);
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return context.Response.WriteAsync("[{\"errorCode\":\"INVALID_FIELD\"}]");
        });
        await shelf.ReadAsync(_feed, 1);
        Assert.Contains("GET /items was answered 400: [{\"errorCode\":\"INVALID_FIELD\"}]", shelf.Engine.Progress.LastError, StringComparison.Ordinal);
        Assert.Equal(["a", "b", "c"], shelf.PublishedIds);
    }

    [Fact]
    public async Task A_next_page_on_another_host_is_not_followed()
    {
        var lured = false;
        await using var shelf = await Shelf.OpenAsync(context =>
        {
            if (lured) return AnswerAsync(context);
            lured = true;
            return context.Response.WriteAsJsonAsync(new JsonObject { ["items"] = new JsonArray(), ["next"] = "https://thief.example/more/2" });
        });
        await shelf.ReadAsync(_feed, 1);
        Assert.Contains("another host, thief.example", shelf.Engine.Progress.LastError, StringComparison.Ordinal);
        Assert.Equal(["a", "b", "c"], shelf.PublishedIds);
    }

    [Fact]
    public async Task A_continuation_that_fails_again_and_again_is_given_up()
    {
        var failures = 0;
        await using var shelf = await Shelf.OpenAsync(context =>
        {
            if (context.Request.Path != "/more/2" || failures == 8) return AnswerAsync(context);
            failures++;
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        });
        await shelf.ReadAsync(_feed, 1);
        Assert.Equal(2, shelf.Requests.Count(request => request.StartsWith("/items", StringComparison.Ordinal)));
        Assert.Equal(["a", "b", "c"], shelf.PublishedIds);
    }

    [Fact]
    public async Task A_broker_that_fails_costs_a_repeat_and_nothing_else()
    {
        await using var shelf = await Shelf.OpenAsync(AnswerAsync);
        shelf.Engine.Recorder.FailsOnceAfter(1);
        await shelf.ReadAsync(_feed, 1);
        Assert.Equal(["a", "a", "b", "c"], shelf.PublishedIds);
        Assert.Equal(3, shelf.Engine.Recorder.Messages.DistinctBy(message => message.Id).Count());
        Assert.Equal("The broker is gone.", shelf.Engine.Progress.LastError);
    }

    [Fact]
    public async Task A_process_that_was_overtaken_reads_on_from_what_the_other_one_stored()
    {
        await using var shelf = await Shelf.OpenAsync(AnswerAsync);
        shelf.Engine.Checkpoints.OvertakeOnce();
        await shelf.ReadAsync(_feed, 1);
        Assert.Contains("Another process", shelf.Engine.Progress.LastError, StringComparison.Ordinal);
        Assert.Equal(["a", "b", "c"], shelf.PublishedIds.Distinct());
    }

    [Fact]
    public async Task Progress_tells_how_far_a_pass_is_and_when_it_will_end()
    {
        FeedSnapshot? seen = null;
        Shelf? shelf = null;
        shelf = await Shelf.OpenAsync(async context =>
        {
            if (context.Request.Path == "/more/3")
            {
                await Task.Delay(TimeSpan.FromSeconds(2), shelf!.Time, CancellationToken.None);
                seen = shelf.Engine.Progress;
            }

            await AnswerAsync(context);
        });
        await using (shelf)
        {
            await shelf.ReadAsync(_feed, 1);
            Assert.NotNull(seen);
            Assert.Equal((FeedState.Reading, 2L, 2L, 3L), (seen.State, seen.Published, seen.PassRead, seen.PassTotal));
            Assert.NotNull(seen.EstimatedEnd);
            Assert.Equal(DateTimeOffset.Parse("2026-03-02T10:01:00Z"), seen.NewestRecord);
            Assert.Contains("\"state\":\"reading\"", ProgressEndpoint.Json([seen], shelf.Time.GetUtcNow()), StringComparison.Ordinal);
        }
    }

    private static Task AnswerAsync(HttpContext context)
    {
        var (item, next) = context.Request.Path.Value switch
        {
            "/more/2" => (Shelf.Item("b", "10:01:00"), "/more/3"),
            "/more/3" => (Shelf.Item("c", "10:02:00"), null),
            _ => (Shelf.Item("a", "10:00:00"), "/more/2"),
        };
        return context.Response.WriteAsJsonAsync(new JsonObject { ["items"] = new JsonArray(item), ["next"] = next, ["total"] = 3 });
    }
}
