using System.Text;
using Npgsql;
using Pipeline.Contracts;
using Pipeline.TestKit;

namespace Pipeline.Integration.Tests.Flows;

public sealed class BadInputTests
{
    private const string Good = "\"source\":\"desk\",\"object_type\":\"t\",\"observed_at\":\"2026-01-01T00:00:00Z\"";

    [Fact]
    public async Task Every_bad_body_ends_as_one_dead_letter_with_its_reason_and_its_bytes()
    {
        var bodies = new Dictionary<string, Reason>
        {
            ["not json"] = Reason.MessageUnreadable,
            [""] = Reason.MessageUnreadable,
            ["{\"source\":\"desk\","] = Reason.MessageUnreadable,
            ["null"] = Reason.MessageInvalid,
            ["[]"] = Reason.MessageInvalid,
            ["{}"] = Reason.MessageInvalid,
            [$"{{{Good},\"account_id\":\"A\"}}"] = Reason.MessageInvalid, // no native_id
            [$"{{{Good},\"native_id\":\"1\",\"data\":7}}"] = Reason.MessageInvalid,
            [$"{{{Good},\"native_id\":\"2\",\"data\":{{\"x\":\"a\\u0000b\"}}}}"] = Reason.MessageInvalid,
            [$"{{{Good},\"native_id\":\"3\",\"account_id\":12345.0}}"] = Reason.AccountIdNotText,
            [$"{{{Good},\"native_id\":\"4\",\"account_id\":true}}"] = Reason.AccountIdNotText,
            [$"{{{Good},\"native_id\":\"5\"}}"] = Reason.AccountIdMissing,
            [$"{{{Good},\"native_id\":\"6\",\"data\":{{\"x\":\"{new string('x', 1024 * 1024)}\"}}}}"] = Reason.MessageTooLarge,
        };
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);

        await pipeline.Outsider.Publish(Exchanges.ChildObjectReceived, bodies.Keys.Select(Encoding.UTF8.GetBytes));

        var letters = await pipeline.DeadLetters(bodies.Count);
        foreach (var letter in letters) Assert.Equal(bodies[Encoding.UTF8.GetString(await pipeline.BodyOf(letter))].Code, letter.Reason);
        var ledger = await pipeline.Ledger(received: bodies.Count);
        Assert.Equal(bodies.Count, ledger.DeadLettered);
    }

    [Fact]
    public async Task Bad_bodies_on_the_other_exchanges_end_there_too()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await pipeline.Outsider.Publish(Exchanges.AccountDiscovered, "{\"source\":\"crm\"}");
        await pipeline.Outsider.Publish(Exchanges.UserMapped, "{\"user_id\":\"u\"}");
        await pipeline.Outsider.Publish(Exchanges.AccountAdmitted, "nonsense");
        Assert.Equal(3, (await pipeline.DeadLetters(3)).Count);
        await pipeline.Ledger(received: 3);
        await using var streams = world.Database.CreateCommand("select string_agg(stream, ' ' order by stream) from (select stream from gatekeeper.ledger union select stream from system_of_record.ledger) as ledgers");
        Assert.Equal("account-admitted account-discovered user-mapped", await streams.ExecuteScalarAsync()); // each counted as what it is
    }

    [Fact]
    public async Task An_id_or_a_header_with_what_cannot_be_stored_stops_nobody()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        var properties = new RabbitMQ.Client.BasicProperties { MessageId = "\0", Headers = new Dictionary<string, object?> { ["traceparent"] = "\0"u8.ToArray() } };
        await pipeline.Outsider.Publish(Exchanges.ChildObjectReceived, Bodies.Child("good", "\"account_id\":\"A\""), properties: properties);
        await pipeline.Outsider.Publish(Exchanges.ChildObjectReceived, "nonsense", properties: properties);
        await pipeline.Why("good", "parked");
        Assert.Equal(Reason.MessageUnreadable.Code, Assert.Single(await pipeline.DeadLetters(1)).Reason);
    }

    [Fact]
    public async Task The_same_bad_body_again_is_the_same_dead_letter()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        for (var time = 0; time < 3; time++) await pipeline.Outsider.Publish(Exchanges.ChildObjectReceived, "{}");
        var ledger = await pipeline.Ledger(received: 3);
        Assert.Equal((1, 2), (ledger.DeadLettered, ledger.Duplicates));
        await pipeline.DeadLetters(1);
    }

    [Fact]
    public async Task A_message_that_makes_the_handler_fail_is_put_among_the_dead_and_its_neighbours_are_not()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await Poison(world.Database, "poison", "parked");

        await pipeline.Outsider.Publish(Exchanges.ChildObjectReceived, Enumerable.Range(1, 40)
            .Select(number => Encoding.UTF8.GetBytes(Bodies.Child(number == 20 ? "poison" : $"{number}", "\"account_id\":\"A\""))));

        var letter = Assert.Single(await pipeline.DeadLetters(1));
        Assert.Equal(Reason.HandlerFailed.Code, letter.Reason);
        Assert.Contains("poisoned", letter.Sentence);
        var ledger = await pipeline.Ledger(received: 40);
        Assert.Equal((39, 1), (ledger.Parked, ledger.DeadLettered));
    }

    [Fact]
    public async Task A_parked_child_that_the_program_fails_on_when_its_account_comes_is_given_up_and_its_neighbours_are_let_in()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await Poison(world.Database, "poison", "objects");
        foreach (var nativeId in new[] { "1", "2", "poison", "3" }) await pipeline.Child(nativeId, "\"account_id\":\"A\"");
        await pipeline.Ledger(received: 4);

        await pipeline.Account("A", "001");

        Assert.Equal(Reason.HandlerFailed.Code, Assert.Single(await pipeline.DeadLetters(1)).Reason);
        foreach (var nativeId in new[] { "1", "2", "3" }) await pipeline.Why(nativeId, "accepted");
        await pipeline.Ledger(received: 6);
    }

    [Fact]
    public async Task What_no_saga_can_read_comes_to_the_office_by_the_error_queue()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await pipeline.Outsider.Publish("", "nonsense", routingKey: "system-of-record-saga");
        Assert.Equal((Reason.HandlerFailed.Code, "system-of-record-saga"), Assert.Single(await pipeline.DeadLetters(1)) is var letter ? (letter.Reason, letter.SourceQueue) : default);
        await pipeline.Ledger(received: 1);
    }

    /// <summary>The table itself refuses this one object: a failure that lies in the message and that nobody foresaw.</summary>
    private static async Task Poison(NpgsqlDataSource database, string nativeId, string table)
    {
        await using var command = database.CreateCommand(
            $"""
            create function gatekeeper.poisoned() returns trigger language plpgsql as $$ begin raise exception 'poisoned'; end $$;
            create trigger poisoned before insert on gatekeeper.{table} for each row when (new.native_id = '{nativeId}') execute function gatekeeper.poisoned();
            """);
        await command.ExecuteNonQueryAsync();
    }
}
