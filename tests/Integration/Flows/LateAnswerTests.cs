using System.Net;
using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.TestKit;
using static Pipeline.TestKit.Waiting;

namespace Pipeline.Integration.Tests.Flows;

/// <summary>A dead letter whose account appears later is offered, and by a rule replayed.</summary>
public sealed class LateAnswerTests
{
    private const string Expiring = "--Deadlines:default=00:00:01";

    [Fact]
    public async Task It_is_offered_when_its_account_is_in_and_no_longer_when_that_leaves()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world, Expiring);
        await pipeline.Child("1", "\"account_id\":\"A\"");
        await pipeline.Child("2", "\"account_id\":\"B\"");
        var letter = (await pipeline.DeadLetters(2)).Single(letter => letter.NativeId == "1");
        Assert.Null(letter.Answer);

        await pipeline.Account("A", "001");
        Assert.Equal(letter.Id, Assert.Single(await Offered(pipeline, 1)).Id);
        Assert.Equal("A", (await pipeline.Letter(letter.Id)).Letter.Answer);
        Assert.Equal(1, (await pipeline.Get<StatusReport>("/api/status")).Answered);

        await pipeline.Record("A", "001", type: "Prospect", minute: 1);
        await Offered(pipeline, 0);
    }

    [Fact]
    public async Task It_is_found_however_many_steps_its_key_takes_to_lead_to_an_account()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world, Expiring);
        await pipeline.Child("1", "\"claims\":[{\"by\":\"parent\",\"value\":\"77\"}]");
        await pipeline.DeadLetters(1);

        await pipeline.Parent("77", "A");
        await Eventually("its key leads to an account that nobody knows", () => world.Number("select count(*) from gatekeeper.late_answers where waits_for <> claim_key"), count => count == 1);
        await Offered(pipeline, 0);
        await pipeline.Account("A", "001");
        Assert.Equal("A", Assert.Single(await Offered(pipeline, 1)).Answer);
        await pipeline.Parent("77", "B", minute: 1);
        await Offered(pipeline, 0);
    }

    [Fact]
    public async Task A_person_who_replays_what_is_offered_settles_it()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world, Expiring);
        await pipeline.Child("1", "\"account_id\":\"A\"");
        await pipeline.DeadLetters(1);
        await pipeline.Account("A", "001");
        await Offered(pipeline, 1);

        var order = new OperationOrder { Kind = "replay", Query = "answer:*", Author = "ada", Reason = "they are here now" };
        Assert.Equal(1, (await pipeline.Ended(await pipeline.Order(order))).Fates["accepted"]);
        await Eventually("nothing is kept of it", () => world.Number("select (select count(*) from gatekeeper.late_answers) + (select count(*) from dead_letters.letter_answers)"), count => count == 0);
    }

    [Fact]
    public async Task A_rule_replays_what_it_is_for_up_to_its_limit_and_the_rest_is_held()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world, Expiring);
        foreach (var number in Enumerable.Range(1, 4)) await pipeline.Child($"{number}", "\"account_id\":\"A\"", minute: number);
        await pipeline.Child("5", "\"account_id\":\"A\"", type: "call");
        await pipeline.DeadLetters(5);
        await Make(pipeline, new() { Name = "late-tickets", Query = "type:ticket", MostADay = 3, Author = "ada", Reason = "accounts come a day late" });

        await pipeline.Account("A", "001");

        var rule = await Eventually("the rule has done what it may", () => Rule(pipeline), rule => rule is { Today: 3, Held: 1 });
        Assert.Equal(("on", "ada"), (rule.State, rule.Author));
        var operation = await pipeline.Ended(Assert.Single(await pipeline.Get<IReadOnlyList<OperationReport>>("/api/operations")));
        Assert.Equal(("done", "ada", "by the rule late-tickets: accounts come a day late", 3), (operation.State, operation.Author, operation.Reason, operation.Fates["accepted"]));
        Assert.Equal(["4", "5"], (await pipeline.DeadLetters(2)).Select(letter => letter.NativeId).Order());
        Assert.Contains(await pipeline.Get<IReadOnlyList<AuditLine>>("/api/audit"), line => line is { Actor: "rule late-tickets", Role: "rule", Action: "replay" });
    }

    [Fact]
    public async Task A_rule_whose_letters_die_again_switches_itself_off_and_says_why()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        foreach (var number in Enumerable.Range(1, 3)) await pipeline.Outsider.Publish(Exchanges.ChildObjectReceived, $$"""{"unusable":{{number}}}""");
        var letters = await pipeline.DeadLetters(3);
        await Make(pipeline, new() { Name = "all", Query = "", Author = "ada", Reason = "let all in" });

        await Answer(pipeline, DateTimeOffset.UnixEpoch, [.. letters.Select(letter => new LateAnswer(letter.Id, AccountId.Of("A")))]);

        var rule = await Eventually("the rule is off", () => Rule(pipeline), rule => rule.State == "off");
        Assert.Contains("died again", rule.Why, StringComparison.Ordinal);
        Assert.Equal("stopped", Assert.Single(await pipeline.Get<IReadOnlyList<OperationReport>>("/api/operations")).State);
    }

    [Fact]
    public async Task A_rule_that_is_off_does_nothing_and_one_that_is_on_takes_no_letter_twice_for_one_answer()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await pipeline.Outsider.Publish(Exchanges.ChildObjectReceived, "{}");
        var letter = Assert.Single(await pipeline.DeadLetters(1));
        await Make(pipeline, new() { Name = "all", Query = "", Author = "ada", Reason = "let all in" });
        Assert.Equal(HttpStatusCode.NoContent, (await pipeline.Post("/api/release-rules/all/off", """{"author":"ben","reason":"not today"}""")).Status);

        await Answer(pipeline, DateTimeOffset.UnixEpoch, new LateAnswer(letter.Id, AccountId.Of("A")));
        var held = await Eventually("it is held", () => Rule(pipeline), rule => rule.Held == 1);
        Assert.Equal(("off", "not today", "ben"), (held.State, held.Why, held.ChangedBy));

        await pipeline.Post("/api/release-rules/all/on", """{"author":"ben"}""");
        await Eventually("it died again", () => pipeline.Letter(letter.Id), report => report.Letter.Fate == "dead_again");
        await Task.Delay(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken); // two looks of the rule
        Assert.Single(await pipeline.Get<IReadOnlyList<OperationReport>>("/api/operations"));
    }

    [Fact]
    public async Task Of_two_answers_the_later_holds_whichever_comes_first()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await pipeline.Outsider.Publish(Exchanges.ChildObjectReceived, "{}");
        var letter = Assert.Single(await pipeline.DeadLetters(1));

        await Answer(pipeline, DateTimeOffset.UnixEpoch.AddSeconds(2), new LateAnswer(letter.Id, AccountId.Of("B")));
        await Eventually("it is heard", () => pipeline.Letter(letter.Id), report => report.Letter.Answer == "B");
        await Answer(pipeline, DateTimeOffset.UnixEpoch.AddSeconds(1), new LateAnswer(letter.Id, AccountId.Of("A")), new LateAnswer(Guid.Empty, AccountId.Of("A")));
        await Eventually("the other is heard", () => world.Number("select count(*) from dead_letters.letter_answers"), count => count == 2);
        Assert.Equal("B", (await pipeline.Letter(letter.Id)).Letter.Answer);
    }

    private static Task<IReadOnlyList<DeadLetterLine>> Offered(RunningPipeline pipeline, int count) =>
        Eventually($"{count} are offered", () => pipeline.Get<IReadOnlyList<DeadLetterLine>>("/api/dead-letters?q=answer:*"), letters => letters.Count == count);

    private static async Task<ReleaseRuleLine> Rule(RunningPipeline pipeline) => Assert.Single(await pipeline.Get<IReadOnlyList<ReleaseRuleLine>>("/api/release-rules"));

    private static async Task Make(RunningPipeline pipeline, ReleaseRuleOrder order)
    {
        var (status, detail) = await pipeline.Post("/api/release-rules", JsonSerializer.Serialize(order, PipelineJson.Report.ReleaseRuleOrder));
        Assert.True(status == HttpStatusCode.NoContent, detail);
    }

    /// <summary>What the gatekeeper would say.</summary>
    private static Task Answer(RunningPipeline pipeline, DateTimeOffset at, params LateAnswer[] answers) =>
        pipeline.Outsider.Publish("", JsonSerializer.Serialize(new LateAnswers { SaidAt = at, Answers = answers }, PipelineJson.Wire.LateAnswers), LateAnswers.Queue);
}
