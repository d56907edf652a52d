using System.Net;
using System.Text;
using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.TestKit;
using RabbitMQ.Client;
using static Pipeline.TestKit.Waiting;

namespace Pipeline.Integration.Tests.Flows;

/// <summary>Replaying, repairing, discarding: what an operator orders, and what became of every letter.</summary>
public sealed class ReplayTests
{
    private const string Expiring = "--Deadlines:default=00:00:01";

    [Fact]
    public async Task A_child_whose_account_came_too_late_is_in_after_a_replay_and_its_letter_is_settled()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world, Expiring);
        await pipeline.Child("1", "\"account_id\":\"A\"");
        var letter = Assert.Single(await pipeline.DeadLetters(1));
        await pipeline.Account("A", "001");
        await pipeline.AccountIs("A", "admitted");

        var ended = await pipeline.Ended(await pipeline.Order(Replay(letter.Id)));

        Assert.Equal(("done", 1, 1), (ended.State, ended.Fates["accepted"], ended.Sent));
        await pipeline.Why("1", "accepted");
        var settled = await pipeline.Letter(letter.Id);
        Assert.Equal(("settled", "accepted", "under account A"), (settled.Letter.State, settled.Letter.Fate, settled.Letter.FateDetail));
        Assert.Equal("ada", Assert.Single(settled.Replays).Author);
        Assert.Empty(await pipeline.DeadLetters(0));
        await pipeline.Ledger(received: 4); // the child twice, the record and its evidence
    }

    [Fact]
    public async Task A_child_that_is_replayed_before_its_account_came_waits_anew_and_is_let_in_by_the_account()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world, "--Deadlines:default=00:00:03");
        await pipeline.Child("1", "\"account_id\":\"A\"");
        var letter = Assert.Single(await pipeline.DeadLetters(1));

        var ended = await pipeline.Ended(await pipeline.Order(Replay(letter.Id)));
        Assert.Equal(1, ended.Fates["parked"]);
        await pipeline.Account("A", "001");
        await pipeline.Why("1", "accepted");
        await pipeline.Ledger(received: 4);
    }

    [Fact]
    public async Task What_waits_anew_in_vain_is_an_open_letter_again()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world, Expiring);
        await pipeline.Child("1", "\"account_id\":\"A\"");
        var letter = Assert.Single(await pipeline.DeadLetters(1));
        Assert.Equal(1, (await pipeline.Ended(await pipeline.Order(Replay(letter.Id)))).Fates["parked"]);

        var again = await Eventually("it is back", () => pipeline.Letter(letter.Id), report => report.Letter.State == "open");
        Assert.Equal(2, again.Deaths);
        await pipeline.Ledger(received: 2);
    }

    [Fact]
    public async Task A_message_that_can_never_be_used_dies_again_and_stays_open_with_the_reason()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await pipeline.Outsider.Publish(Exchanges.ChildObjectReceived, "{}");
        await pipeline.Outsider.Publish(Exchanges.AccountDiscovered, "{}");
        await pipeline.Outsider.Publish(Exchanges.UserMapped, "{}");
        await pipeline.DeadLetters(3);

        var ended = await pipeline.Ended(await pipeline.Order(All() with { StopAt = 1, Ramp = false }));

        Assert.Equal(("done", 3), (ended.State, ended.Fates["dead_again"]));
        Assert.All(await pipeline.DeadLetters(3), letter => Assert.StartsWith("The field", letter.FateDetail, StringComparison.Ordinal));
        await pipeline.Ledger(received: 6);
    }

    [Fact]
    public async Task An_edited_message_is_used_and_the_letter_keeps_what_came()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await pipeline.Account("A", "001");
        await pipeline.AccountIs("A", "admitted");
        await pipeline.Child("1", "\"account_id\":12.5");
        var letter = Assert.Single(await pipeline.DeadLetters(1));

        var order = Replay(letter.Id) with { Repair = [new RepairStep("set", "account_id", JsonElement.Parse("\"A\""))] };
        var preview = JsonSerializer.Deserialize((await pipeline.TryOrder(order, path: "/api/operations/preview?dryRun=true")).Body, PipelineJson.Report.OperationPreview)!;
        Assert.Equal((1, 1), (preview.Matching, preview.Able));
        Assert.Contains("\"account_id\":\"A\"", Assert.Single(preview.Samples).After, StringComparison.Ordinal);
        Assert.Equal(1, (await pipeline.Ended(await pipeline.Order(order))).Fates["accepted"]);

        await pipeline.Why("1", "accepted");
        Assert.Contains("12.5", Encoding.UTF8.GetString(await pipeline.BodyOf(letter)), StringComparison.Ordinal);
        Assert.True(Assert.Single((await pipeline.Letter(letter.Id)).Replays).Edited);
        await pipeline.Ledger(received: 4);
    }

    [Fact]
    public async Task An_account_record_without_an_account_id_is_admitted_once_a_person_has_given_it_one()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await pipeline.Outsider.Publish(Exchanges.AccountDiscovered, Bodies.Record("x", "001").Replace("\"account_id\":\"x\",", ""));
        await pipeline.Evidence("001");
        var letter = Assert.Single(await pipeline.DeadLetters(1));

        var ended = await pipeline.Ended(await pipeline.Order(Replay(letter.Id) with { Repair = [new RepairStep("set", "account_id", JsonElement.Parse("\"A\""))] }));

        Assert.Equal(1, ended.Fates["accepted"]);
        await pipeline.AccountIs("A", "admitted");
    }

    [Fact]
    public async Task A_replay_brings_no_older_version_back()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world, Expiring);
        await pipeline.Child("1", "\"account_id\":\"A\"");
        var letter = Assert.Single(await pipeline.DeadLetters(1));
        await pipeline.Account("A", "001");
        await pipeline.AccountIs("A", "admitted");
        await pipeline.Child("1", "\"account_id\":\"A\"", minute: 5);
        await pipeline.Why("1", "accepted");

        Assert.Equal(1, (await pipeline.Ended(await pipeline.Order(Replay(letter.Id)))).Fates["superseded"]);
        Assert.Equal("settled", (await pipeline.Letter(letter.Id)).Letter.State);
        Assert.Equal(5, (await pipeline.Why("1", "accepted")).Places[0].ObservedAt.Minute);
    }

    [Fact]
    public async Task An_order_for_so_many_at_most_takes_the_oldest_and_leaves_the_rest()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world, Expiring);
        foreach (var number in Enumerable.Range(1, 3)) await pipeline.Child($"{number}", "\"account_id\":\"A\"", minute: 3 - number);
        await pipeline.DeadLetters(3);
        await pipeline.Account("A", "001");
        await pipeline.AccountIs("A", "admitted");

        var preview = JsonSerializer.Deserialize((await pipeline.TryOrder(All() with { Most = 2 }, path: "/api/operations/preview")).Body, PipelineJson.Report.OperationPreview)!;
        Assert.Equal((3, 2), (preview.Matching, preview.Able));
        Assert.Equal(2, (await pipeline.Ended(await pipeline.Order(All() with { Most = 2 }))).Fates["accepted"]);
        Assert.Equal("1", Assert.Single(await pipeline.DeadLetters(1)).NativeId); // the last to happen
        Assert.Equal(1, (await pipeline.Order(All() with { Kind = "discard", Most = 5 })).Letters);
        Assert.Equal(HttpStatusCode.BadRequest, (await pipeline.TryOrder(All() with { Most = 0 })).Status);
    }

    [Fact]
    public async Task The_same_click_twice_is_one_replay()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await Foreign(pipeline, "shop_error", 1);
        var letter = Assert.Single(await pipeline.DeadLetters(1));
        var order = Replay(letter.Id) with { Pace = 0.1 }; // slow enough to be caught at it

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => pipeline.TryOrder(order)));
        var sameKey = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => pipeline.TryOrder(order, "one click")));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Equal(7, answers.Count(answer => answer.Status == HttpStatusCode.Conflict && answer.Body.Contains("being replayed already", StringComparison.Ordinal)));
        Assert.All(sameKey, answer => Assert.Equal(HttpStatusCode.Conflict, answer.Status));
        Assert.Equal(1, await world.Number("select count(*) from dead_letters.operation_letters"));
    }

    [Fact]
    public async Task The_same_key_is_the_same_operation()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await Foreign(pipeline, "shop_error", 3);
        await pipeline.DeadLetters(3);
        var made = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => pipeline.Order(All() with { Kind = "discard" }, "k")));
        Assert.Equal(made[0].Id, Assert.Single(made.Select(operation => operation.Id).Distinct()));
        Assert.All(made, operation => Assert.Equal(3, operation.Letters));
    }

    [Fact]
    public async Task A_message_of_somebody_elses_goes_back_as_it_was_to_the_queue_whose_consumer_failed_and_is_open_again_if_that_fails_again()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await Shop(world);
        await Foreign(pipeline, "shop_error", 1, new BasicProperties
        {
            MessageId = "m-1", ContentType = "application/vnd.shop+json", CorrelationId = "c-1",
            Headers = new Dictionary<string, object?> { ["tenant"] = "nordwind", ["attempt"] = 3, ["MT-Fault-Message"] = "boom", ["MT-Fault-ExceptionType"] = "Shop.Failure" },
        });
        var letter = Assert.Single(await pipeline.DeadLetters(1));
        Assert.Equal(("handler_failed", "shop"), (letter.Reason, letter.SourceQueue));

        var ended = await pipeline.Ended(await pipeline.Order(Replay(letter.Id)));
        Assert.Equal(1, ended.Fates["handed_over"]);
        var message = Assert.Single(await Eventually("the shop has it", () => world.Outsider.Take("shop"), letters => letters.Count > 0));
        Assert.Equal(("{\"order\":0}", "m-1", "application/vnd.shop+json", "c-1", "nordwind"), (message.Text, message.Properties.MessageId, message.Properties.ContentType, message.Properties.CorrelationId, message.Header("tenant")));
        Assert.Equal(3, message.Properties.Headers!["attempt"]);
        Assert.Null(message.Header("MT-Fault-Message"));
        Assert.Equal("settled", (await pipeline.Letter(letter.Id)).Letter.State);

        // Its consumer fails on it again, and moves it with the headers that it came with.
        await pipeline.Outsider.Publish("", message.Text, "shop_error", new BasicProperties { MessageId = "m-1", Headers = message.Properties.Headers.ToDictionary() });
        await Eventually("it is open again", () => pipeline.Letter(letter.Id), report => report.Letter.State == "open");
        var after = await pipeline.Get<OperationReport>($"/api/operations/{ended.Id}");
        Assert.Equal((0, 1), (after.Fates["handed_over"], after.Fates["dead_again"]));
    }

    [Fact]
    public async Task What_has_nowhere_to_go_says_so_and_can_be_sent_elsewhere()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await Foreign(pipeline, "shop_error", 2); // and there is no queue shop
        var letters = await pipeline.DeadLetters(2);

        var ended = await pipeline.Ended(await pipeline.Order(All() with { StopAt = 1 }));
        Assert.Equal(2, ended.Fates["dead_again"]);
        Assert.All(await pipeline.DeadLetters(2), letter => Assert.Equal("There is no queue shop.", letter.FateDetail));
        var missing = await pipeline.Ended(await pipeline.Order(Replay(letters[0].Id) with { Exchange = "no-such-exchange" }));
        Assert.Equal("There is no exchange no-such-exchange.", (await pipeline.Letter(letters[0].Id)).Letter.FateDetail);
        Assert.Equal(1, missing.Fates["dead_again"]);

        await Shop(world);
        var redirected = await pipeline.Ended(await pipeline.Order(All() with { Exchange = "", RoutingKey = "shop" }));
        Assert.Equal(2, redirected.Fates["handed_over"]);
    }

    [Fact]
    public async Task A_replay_that_does_not_help_stops_by_itself_after_the_first_letter()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        for (var number = 0; number < 20; number++) await pipeline.Outsider.Publish(Exchanges.ChildObjectReceived, $$"""{"source":"desk","number":{{number}}}""");
        await pipeline.DeadLetters(20);

        var stopped = await pipeline.Ended(await pipeline.Order(All()));
        Assert.Equal(("stopped", 1, 19), (stopped.State, stopped.Sent, stopped.Waiting));
        Assert.StartsWith("1 of 1 letters died again.", stopped.Why, StringComparison.Ordinal);

        await pipeline.Post($"/api/operations/{stopped.Id}/cancel", """{"author":"ada"}""");
        var cancelled = await pipeline.Get<OperationReport>($"/api/operations/{stopped.Id}");
        Assert.Equal(("cancelled", 19), (cancelled.State, cancelled.Fates["left"]));
        await pipeline.DeadLetters(20); // all are open
    }

    [Fact]
    public async Task An_operation_is_paused_and_goes_on_where_it_was()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await Shop(world);
        await Foreign(pipeline, "shop_error", 50);
        await pipeline.DeadLetters(50);
        var operation = await pipeline.Order(All() with { Pace = 10, Ramp = false });
        await Eventually("some are sent", () => pipeline.Get<OperationReport>($"/api/operations/{operation.Id}"), report => report.Sent > 2);

        Assert.Equal(HttpStatusCode.NoContent, (await pipeline.Post($"/api/operations/{operation.Id}/pause", """{"author":"ada","reason":"lunch"}""")).Status);
        var paused = await pipeline.Get<OperationReport>($"/api/operations/{operation.Id}");
        Assert.Equal(("paused", "paused by ada: lunch"), (paused.State, paused.Why));
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(paused.Sent, (await pipeline.Get<OperationReport>($"/api/operations/{operation.Id}")).Sent);

        await pipeline.Post($"/api/operations/{operation.Id}/resume", """{"author":"ada"}""");
        var ended = await pipeline.Ended(operation);
        Assert.Equal(("done", 50), (ended.State, ended.Fates["handed_over"]));
        Assert.Equal(Enumerable.Range(0, 50).Select(number => $$"""{"order":{{number}}}"""), (await world.Outsider.Take("shop")).Select(letter => letter.Text)); // in their order
    }

    [Fact]
    public async Task What_is_discarded_can_be_restored_and_takes_no_later_failure_with_it()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await Foreign(pipeline, "shop_error", 2);
        await pipeline.DeadLetters(2);
        Assert.Equal(("done", 2), await Done(pipeline, All() with { Kind = "discard" }));
        Assert.Empty(await pipeline.DeadLetters(0));
        Assert.All(await pipeline.Get<IReadOnlyList<DeadLetterLine>>("/api/dead-letters?q=state:discarded"), letter => Assert.True(letter.PurgeAt > DateTimeOffset.UnixEpoch));

        await pipeline.Outsider.Publish("", """{"order":99}""", "shop_error"); // of the same group, later
        await pipeline.DeadLetters(1);
        await pipeline.Outsider.Publish("", """{"order":0}""", "shop_error"); // the same message fails again
        await pipeline.DeadLetters(2);
        Assert.Equal(("done", 1), await Done(pipeline, All() with { Kind = "restore", Query = "state:discarded" }));
        await pipeline.DeadLetters(3);
        await pipeline.Ledger(received: 4);
    }

    [Fact]
    public async Task Every_order_and_every_look_is_in_the_audit_trail_which_nobody_changes()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await Foreign(pipeline, "shop_error", 1);
        var letter = Assert.Single(await pipeline.DeadLetters(1));
        await pipeline.Letter(letter.Id);
        await pipeline.Order(Replay(letter.Id) with { Kind = "discard" });

        var lines = await pipeline.Get<IReadOnlyList<AuditLine>>("/api/audit");
        Assert.Equal([("ada", "discard"), ("admin key", "view")], lines.Select(line => (line.Actor, line.Action)));
        Assert.Contains("wrong at the time", lines[0].Detail, StringComparison.Ordinal);
        foreach (var change in (string[])["delete from dead_letters.audit", "update dead_letters.audit set actor = 'nobody'", "truncate dead_letters.audit"])
        {
            await using var command = world.Database.CreateCommand(change);
            Assert.Contains("only added to", (await Assert.ThrowsAsync<Npgsql.PostgresException>(() => command.ExecuteNonQueryAsync())).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Failures_that_are_alike_are_one_group_and_what_people_say_of_it_holds_for_later_ones()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world, Expiring);
        foreach (var number in Enumerable.Range(1, 5)) await pipeline.Child($"{number}", $"\"account_id\":\"CUST-{number}\"");
        await pipeline.Outsider.Publish(Exchanges.ChildObjectReceived, "nonsense");
        await pipeline.DeadLetters(6);

        var groups = await pipeline.Get<IReadOnlyList<DeadLetterGroup>>("/api/dead-letters/groups");
        Assert.Equal([("account_id A-9", 5L), ("Not JSON at line #, byte #.", 1L)], groups.Select(group => (group.Shape, group.Letters)));
        Assert.Equal(5, groups[0].Recent[^1]);
        await pipeline.Put($"/api/dead-letters/groups/{groups[0].Key}", """{"triage":"known","owner":"ada","note":"old ids","link":"https://tickets.example/1","quiet":true,"author":"ada"}""");

        await pipeline.Child("6", "\"account_id\":\"CUST-6\"");
        await pipeline.DeadLetters(7);
        var known = Assert.Single(await pipeline.Get<IReadOnlyList<DeadLetterGroup>>("/api/dead-letters/groups?q=owner:ada"));
        Assert.Equal((6, "known", true), (known.Letters, known.Triage, known.Quiet));
        Assert.Equal(6, (await pipeline.Get<DeadLetterPage>("/api/dead-letters/page?count=true&limit=2&q=triage:known")).Total);
    }

    [Theory]
    [InlineData("\"order\\\":7\"", 1)]
    [InlineData("nordwind", 10)]
    [InlineData("nordwind -\"order\\\":7\"", 9)]
    [InlineData("queue:shop", 10)]
    [InlineData("queue:sh*", 10)]
    [InlineData("queue:other OR \"order\\\":1}\"", 1)]
    [InlineData("before:2026-01-01", 0)]
    public async Task Letters_are_found_by_what_their_headers_and_bodies_say(string query, int found)
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await Foreign(pipeline, "shop_error", 10, new BasicProperties { Headers = new Dictionary<string, object?> { ["tenant"] = "nordwind" } });
        await pipeline.DeadLetters(10);

        var (all, cursor) = (new HashSet<Guid>(), "");
        do
        {
            var page = await pipeline.Get<DeadLetterPage>($"/api/dead-letters/page?limit=3&count=true&q={Uri.EscapeDataString(query)}{cursor}");
            Assert.Equal(found, page.Total);
            Assert.All(page.Letters, letter => Assert.True(all.Add(letter.Id)));
            cursor = page.Next is null ? "" : $"&cursor={page.Next}";
        }
        while (cursor.Length > 0);
        Assert.Equal(found, all.Count);
    }

    private static OperationOrder Replay(Guid letter) => new() { Kind = "replay", Letters = [letter], Author = "ada", Reason = "wrong at the time" };

    private static OperationOrder All() => new() { Kind = "replay", Query = "", Author = "ada", Reason = "wrong at the time" };

    private static async Task<(string, long)> Done(RunningPipeline pipeline, OperationOrder order)
    {
        var operation = await pipeline.Order(order);
        return (operation.State, operation.Letters);
    }

    /// <summary>Messages that somebody else's consumer has moved to its error queue, which the office finds by itself.</summary>
    private static async Task Foreign(RunningPipeline pipeline, string queue, int count, BasicProperties? properties = null)
    {
        await using var connection = await new ConnectionFactory { Uri = pipeline.World.RabbitMq }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        await pipeline.Outsider.Publish("", Enumerable.Range(0, count).Select(number => Encoding.UTF8.GetBytes($$"""{"order":{{number}}}""")), queue, properties);
    }

    /// <summary>A queue of somebody else's.</summary>
    private static async Task Shop(World world)
    {
        await using var connection = await new ConnectionFactory { Uri = world.RabbitMq }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync("shop", durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
    }
}
