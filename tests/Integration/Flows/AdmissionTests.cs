using Pipeline.TestKit;

namespace Pipeline.Integration.Tests.Flows;

public sealed class AdmissionTests
{
    [Fact]
    public async Task An_account_waits_by_name_for_the_system_that_must_know_it()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await pipeline.Record("A", "001");
        Assert.Equal("billing", (await pipeline.AccountIs("A", "waiting")).WaitsFor);
        await pipeline.Evidence("001");
        Assert.Null((await pipeline.AccountIs("A", "admitted")).WaitsFor);
    }

    [Fact]
    public async Task Evidence_may_come_before_the_record()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await pipeline.Evidence("001");
        await pipeline.Ledger(received: 1);
        await pipeline.Record("A", "001");
        await pipeline.AccountIs("A", "admitted");
    }

    [Fact]
    public async Task The_link_may_be_kept_on_the_record_in_place_of_the_evidence()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await pipeline.Record("A", "001", more: ",\"links\":[{\"system\":\"billing\",\"native_id\":\"B-9\"}]");
        await pipeline.AccountIs("A", "waiting");
        await pipeline.Outsider.Publish("account-discovered", """{"source":"billing","native_id":"B-9","observed_at":"2026-01-01T00:00:00Z","fields":{"status":"Active"}}""");
        await pipeline.AccountIs("A", "admitted");
    }

    [Fact]
    public async Task Only_the_accounts_that_evidence_concerns_are_decided_again()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await pipeline.Record("A", "001");
        await pipeline.Record("B", "002");
        var before = (await pipeline.AccountIs("B", "waiting")).Revision;
        await pipeline.Evidence("001");
        await pipeline.AccountIs("A", "admitted");
        Assert.Equal(before, (await pipeline.AccountIs("B", "waiting")).Revision);
    }

    [Fact]
    public async Task Evidence_that_fails_refuses_the_account_and_better_evidence_lets_it_in()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await pipeline.Record("A", "001");
        await pipeline.Evidence("001", "Canceled");
        Assert.Equal("path_filter_failed", Assert.Single((await pipeline.AccountIs("A", "refused")).Reasons).Code);
        await pipeline.Evidence("001", "Active", minute: 1);
        await pipeline.AccountIs("A", "admitted");
    }

    [Fact]
    public async Task Two_records_with_one_account_id_are_shown_and_the_first_stays()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await pipeline.Account("A", "001");
        await pipeline.Account("A", "002");
        var account = await pipeline.AccountIs("A", "contested", and: account => account.Records.Count == 2);
        Assert.Equal(["001", "002"], account.Records);
    }

    [Fact]
    public async Task A_record_that_changes_its_account_id_leaves_the_old_account_and_joins_the_new_one()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await pipeline.Account("A", "001");
        await pipeline.AccountIs("A", "admitted");
        await pipeline.Record("B", "001", minute: 1);
        await pipeline.AccountIs("A", "withdrawn");
        await pipeline.AccountIs("B", "admitted");
    }

    [Fact]
    public async Task An_older_version_of_a_record_changes_nothing()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await pipeline.Record("A", "001", minute: 2);
        await pipeline.Evidence("001");
        await pipeline.AccountIs("A", "admitted");
        await pipeline.Record("A", "001", type: "Former", minute: 1);
        Assert.Equal(1, (await pipeline.Ledger(received: 3)).Superseded);
        await pipeline.AccountIs("A", "admitted");
    }

    [Fact]
    public async Task A_record_without_an_account_id_is_a_dead_letter_until_it_gets_one()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await pipeline.Record("", "001");
        Assert.Equal("account_id_missing", Assert.Single(await pipeline.DeadLetters(1)).Reason);
        await pipeline.Record("A", "001", minute: 1);
        await pipeline.Evidence("001");
        await pipeline.AccountIs("A", "admitted");
    }
}
