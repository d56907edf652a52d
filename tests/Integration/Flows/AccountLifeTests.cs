using Pipeline.Contracts.Operations;
using Pipeline.TestKit;

namespace Pipeline.Integration.Tests.Flows;

/// <summary>What happens to an account, and with it to its children, after it was let in.</summary>
public sealed class AccountLifeTests
{
    [Fact]
    public async Task What_is_in_under_an_account_is_told_by_kind_and_the_newest_first()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await pipeline.Child("waited", "\"account_id\":\"A\"");
        await pipeline.Account("A", "001");
        await pipeline.Why("waited", "accepted");
        await pipeline.Child("at-once", "\"account_id\":\"A\"", type: "call");
        await pipeline.Why("at-once", "accepted", type: "call");
        await pipeline.Child("elsewhere", "\"account_id\":\"B\"");
        await pipeline.Why("elsewhere", "parked");

        var report = await pipeline.Get<AccountObjectsReport>("/api/accounts/objects?id=A");

        Assert.Equal([("desk", "call", 1L), ("desk", "ticket", 1L)], report.Kinds.Select(kind => (kind.Source, kind.ObjectType, kind.Objects)));
        Assert.Equal([("at-once", "account_id A", false), ("waited", "account_id A", true)], report.Newest.Select(one => (one.NativeId, one.Claim, one.Waited > 0)));
        Assert.True(report.IsWhole);
        Assert.Empty((await pipeline.Get<AccountObjectsReport>("/api/accounts/objects?id=B")).Kinds);
        Assert.Equal([("call", 1L, 1L), ("ticket", 2L, 1L)], (await pipeline.Get<IReadOnlyList<ClaimProfile>>("/api/claims")).Select(claim => (claim.ObjectType, claim.Objects, claim.Tied)));
    }

    [Fact]
    public async Task A_record_that_is_deleted_takes_the_account_out_and_one_that_is_back_lets_it_in_again()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await pipeline.Account("A", "001");
        await pipeline.Child("t1", "\"account_id\":\"A\"");
        await pipeline.Why("t1", "accepted");

        await Delete(pipeline, "crm", "001", minute: 1);
        Assert.Equal("record_deleted", Assert.Single((await pipeline.AccountIs("A", "withdrawn")).Reasons).Code);
        await pipeline.Child("t2", "\"account_id\":\"A\"");
        await pipeline.Why("t2", "parked");
        await InView(world);

        await pipeline.Record("A", "001", minute: 2);
        await pipeline.AccountIs("A", "admitted");
        await InView(world, "t1", "t2");
    }

    [Fact]
    public async Task An_account_that_leaves_the_filter_and_returns_loses_no_child()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await pipeline.Account("A", "001");
        await pipeline.Child("t1", "\"account_id\":\"A\"");
        await pipeline.Why("t1", "accepted");
        await pipeline.Record("A", "001", type: "Former", minute: 1);
        Assert.Equal("Type must be Customer and is Former.", Assert.Single((await pipeline.AccountIs("A", "withdrawn")).Reasons).Detail);
        await pipeline.Child("t2", "\"account_id\":\"A\"");
        await pipeline.Child("t1", "\"account_id\":\"A\"", minute: 5);
        await pipeline.Why("t2", "parked");
        await InView(world);
        await pipeline.Record("A", "001", minute: 2);
        await InView(world, "t1", "t2");
        Assert.Equal(0, (await pipeline.Ledger(received: 7)).Parked);
        Assert.Equal(["admitted", "withdrawn", "admitted"], (await pipeline.AccountIs("A", "admitted")).History.Select(turn => turn.State).SkipWhile(state => state == "waiting"));
    }

    [Fact]
    public async Task Evidence_that_is_deleted_takes_the_account_out_and_other_evidence_lets_it_in_again()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await pipeline.Account("A", "001");
        await pipeline.AccountIs("A", "admitted");
        await Delete(pipeline, "billing", "B-001", minute: 1);
        Assert.Equal("path_filter_failed", Assert.Single((await pipeline.AccountIs("A", "withdrawn")).Reasons).Code);
        await pipeline.Evidence("001", minute: 2);
        await pipeline.AccountIs("A", "admitted");
    }

    [Fact]
    public async Task A_link_that_is_taken_back_takes_the_evidence_with_it()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await pipeline.Account("A", "001");
        await pipeline.Record("B", "002");
        await pipeline.AccountIs("A", "admitted");
        await pipeline.Outsider.Publish("account-discovered",
            """{"source":"billing","native_id":"B-001","observed_at":"2026-01-01T00:01:00Z","links":[{"system":"crm","native_id":"002"}],"fields":{"status":"Active"}}""");
        await pipeline.AccountIs("A", "withdrawn");
        await pipeline.AccountIs("B", "admitted");
    }

    [Fact]
    public async Task Where_the_record_that_an_account_rests_on_goes_the_contender_takes_over_and_no_child_moves()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await pipeline.Account("A", "001");
        await pipeline.Account("A", "002");
        await pipeline.Child("t1", "\"account_id\":\"A\"");
        Assert.Equal(["001", "002"], (await pipeline.AccountIs("A", "contested")).Records);
        await pipeline.Why("t1", "accepted");
        await Delete(pipeline, "crm", "001", minute: 1);
        Assert.Equal(["002"], (await pipeline.AccountIs("A", "admitted")).Records);
        await InView(world, "t1");
        await pipeline.Record("A", "001", minute: 2);
        await pipeline.AccountIs("A", "contested", account => account.Records.Count == 2);
    }

    [Fact]
    public async Task A_contender_that_gets_an_account_id_of_its_own_is_an_account_of_its_own()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await pipeline.Account("A", "001");
        await pipeline.Account("A", "002");
        await pipeline.AccountIs("A", "contested");
        await pipeline.Record("B", "002", minute: 1);
        await pipeline.AccountIs("A", "admitted");
        await pipeline.AccountIs("B", "admitted");
    }

    [Fact]
    public async Task Children_that_name_an_account_id_which_its_record_gave_up_wait_for_it_until_it_is_an_account_again()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await pipeline.Account("A", "001");
        await pipeline.Child("t1", "\"account_id\":\"A\"");
        await pipeline.Why("t1", "accepted");
        await pipeline.Record("B", "001", minute: 1);
        await pipeline.AccountIs("A", "withdrawn");
        await pipeline.AccountIs("B", "admitted");
        await InView(world);
        await pipeline.Account("A", "009");
        await pipeline.AccountIs("A", "admitted");
        await InView(world, "t1");
    }

    [Fact]
    public async Task A_link_of_a_system_that_no_rule_asks_frees_what_names_its_record_though_it_comes_later()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await pipeline.Account("A", "001");
        await pipeline.AccountIs("A", "admitted");
        await pipeline.Child("t1", "\"parent_id\":\"org-1\"");
        await pipeline.Why("t1", "parked");
        await pipeline.Outsider.Publish("account-discovered", """{"source":"desk","native_id":"org-1","observed_at":"2026-01-01T00:00:00Z","links":[{"system":"crm","native_id":"001"}]}""");
        await pipeline.Why("t1", "accepted");
    }

    private static Task Delete(RunningPipeline pipeline, string source, string nativeId, int minute) => pipeline.Outsider.Publish(
        "account-discovered", $$"""{"source":"{{source}}","native_id":"{{nativeId}}","observed_at":"2026-01-01T00:{{minute:00}}:00Z","deleted":true}""");

    private static Task InView(World world, params string[] nativeIds) => Waiting.Eventually(
        $"in view: {string.Join(", ", nativeIds)}",
        async () =>
        {
            await using var command = world.Database.CreateCommand("select array(select native_id from gatekeeper.customer_objects order by 1)");
            return (string[])(await command.ExecuteScalarAsync())!;
        },
        view => view.SequenceEqual(nativeIds));
}
