using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.TestKit;
using static Pipeline.TestKit.Waiting;

namespace Pipeline.Integration.Tests.Flows;

public sealed class LateChildrenTests
{
    [Fact]
    public async Task A_child_that_comes_before_its_account_waits_and_is_let_in_when_the_account_is_admitted()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        var heard = await world.Outsider.Listen(Exchanges.ChildObjectAccepted);

        await pipeline.Child("1", "\"account_id\":\"A\"");
        Assert.Contains("account_id A", (await pipeline.Why("1", "parked")).Answer);
        await pipeline.Account("A", "001");

        await pipeline.Why("1", "accepted");
        var ledger = await pipeline.Ledger(received: 3);
        Assert.Equal((3, 0), (ledger.Accepted, ledger.Parked));
        var said = JsonSerializer.Deserialize(Assert.Single(await Heard(world, heard, 1)).Body, PipelineJson.Wire.ChildObjectAccepted)!;
        Assert.Equal(("desk", "ticket", "1", "A"), (said.Source, said.ObjectType, said.NativeId, said.AccountId.Text));
    }

    [Fact]
    public async Task A_child_that_names_its_parent_waits_for_the_parent_and_then_for_the_account()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);

        await pipeline.Child("1", "\"parent_id\":\"77\"");
        Assert.Contains("parent desk 77", (await pipeline.Why("1", "parked")).Answer);
        await pipeline.Parent("77", "A");
        await Eventually("it waits for the account", async () => (await pipeline.Why("1", "parked")).Answer.Contains("account_id A", StringComparison.Ordinal));
        await pipeline.Account("A", "001");
        await pipeline.Why("1", "accepted");
    }

    [Fact]
    public async Task A_child_that_waits_for_the_wrong_account_of_its_parent_is_let_in_when_the_parent_is_put_right()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await pipeline.Account("A", "001");
        await pipeline.AccountIs("A", "admitted");

        await pipeline.Child("1", "\"parent_id\":\"77\"");
        await pipeline.Parent("77", "a");
        await Eventually("it waits for the wrong account", async () => (await pipeline.Why("1", "parked")).Answer.Contains("account_id a", StringComparison.Ordinal));
        await pipeline.Parent("77", "A", minute: 1);
        await pipeline.Why("1", "accepted");
    }

    [Fact]
    public async Task A_link_on_the_account_answers_for_children_of_that_parent()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);

        await pipeline.Child("1", "\"parent_id\":\"77\"");
        await pipeline.Record("A", "001", more: ",\"links\":[{\"system\":\"desk\",\"native_id\":\"77\"}]");
        await pipeline.Evidence("001");
        await pipeline.Why("1", "accepted");
    }

    [Fact]
    public async Task Children_of_an_account_that_is_withdrawn_park_and_are_back_when_it_returns()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await pipeline.Account("A", "001");
        await pipeline.AccountIs("A", "admitted");

        await pipeline.Record("A", "001", type: "Former", minute: 1);
        await pipeline.AccountIs("A", "withdrawn");
        await pipeline.Child("1", "\"account_id\":\"A\"");
        Assert.Contains("withdrawn", (await pipeline.Why("1", "parked")).Answer);

        await pipeline.Record("A", "001", minute: 2);
        await pipeline.Why("1", "accepted");
        await pipeline.AccountIs("A", "admitted");
    }

    [Fact]
    public async Task A_child_whose_time_is_up_becomes_a_dead_letter_that_names_the_key()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world, "--Deadlines:desk:ticket=00:00:01");

        await pipeline.Child("1", "\"account_id\":\"never\"");
        await pipeline.Child("2", "\"account_id\":\"never\"", type: "user");
        var letter = Assert.Single(await pipeline.DeadLetters(1));
        Assert.Equal((Reason.AccountNeverAppeared.Code, "account_id never", "1"), (letter.Reason, letter.WaitedFor, letter.NativeId));
        await pipeline.Why("1", "dead_lettered");
        await pipeline.Why("2", "parked", type: "user"); // another type has another deadline
        Assert.Equal((1, 1), await Places(pipeline));

        async Task<(long, long)> Places(RunningPipeline running)
        {
            var ledger = await running.Ledger(received: 2);
            return (ledger.Parked, ledger.DeadLettered);
        }
    }

    [Fact]
    public async Task A_dead_child_that_is_sent_again_after_its_account_came_is_let_in()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world, "--Deadlines:default=00:00:01");
        await pipeline.Child("1", "\"account_id\":\"A\"");
        await pipeline.Why("1", "dead_lettered");

        await pipeline.Account("A", "001");
        await pipeline.AccountIs("A", "admitted");
        await pipeline.Child("1", "\"account_id\":\"A\"");
        await pipeline.Why("1", "accepted");
        var ledger = await pipeline.Ledger(received: 4);
        Assert.Equal((3, 0, 1), (ledger.Accepted, ledger.DeadLettered, ledger.Duplicates));
    }

    private static Task<IReadOnlyList<Letter>> Heard(World world, string queue, int count)
    {
        var all = new List<Letter>();
        return Eventually($"{count} announcements", async () =>
        {
            all.AddRange(await world.Outsider.Take(queue));
            return (IReadOnlyList<Letter>)all;
        }, letters => letters.Count >= count);
    }
}
