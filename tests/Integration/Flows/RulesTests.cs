using System.Net;
using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.TestKit;
using static Pipeline.TestKit.Waiting;

namespace Pipeline.Integration.Tests.Flows;

public sealed class RulesTests
{
    private const string Partners = """
        system_of_record: crm
        filter: { field: Type, equals: Partner }
        """;

    [Fact]
    public async Task A_trial_tells_who_would_come_and_go_with_how_many_children_and_changes_nothing()
    {
        await using var world = await World.New();
        await using var pipeline = await Peopled(world);
        var before = await pipeline.Ledger(received: 9);

        var trial = await Try(pipeline, Partners);

        Assert.Equal((3, 1, 1, 0), (trial.Accounts, trial.InBefore, trial.InAfter, trial.WaitingAfter));
        Assert.Equal([("P", 2L)], trial.ComesIn.Select(account => (account.AccountId, account.Children)));
        Assert.Equal("Type must be Customer and is Partner.", trial.ComesIn[0].Why);
        Assert.Equal([("C", 1L)], trial.Goes.Select(account => (account.AccountId, account.Children)));
        Assert.Equal("Type must be Partner and is Customer.", trial.Goes[0].Why);
        Assert.Equal((2, 1), (trial.Freed, trial.Hidden));
        Assert.Empty(trial.Warnings);
        Assert.Equal(before.Accepted, (await pipeline.Ledger(received: 9)).Accepted);
        Assert.Equal(1, Assert.Single(await pipeline.Get<IReadOnlyList<RuleSetLine>>("/api/rules")).Version);
        await pipeline.AccountIs("C", "admitted");
    }

    [Fact]
    public async Task Applied_rules_do_what_the_trial_said_and_undone_they_never_were()
    {
        await using var world = await World.New();
        await using var pipeline = await Peopled(world);
        await pipeline.Ledger(received: 9);
        var trial = await Try(pipeline, Partners);
        var parked = (await pipeline.Ledger(received: 9)).Parked;

        Assert.Equal(HttpStatusCode.NoContent, (await Apply(pipeline, Partners, "partners only")).Status);
        await pipeline.AccountIs("C", "withdrawn", account => account.RulesVersion == 2);
        await pipeline.AccountIs("P", "admitted", account => account.RulesVersion == 2);
        await pipeline.Why("p1", "accepted");
        await pipeline.Why("p2", "accepted");
        Assert.Equal(parked - trial.Freed, (await pipeline.Ledger(received: 9)).Parked);
        Assert.Equal(["p1", "p2"], await View(world));

        Assert.Equal(HttpStatusCode.NoContent, (await pipeline.Post("/api/rules/undo", """{"author":"jo","reason":"a slip"}""")).Status);
        await pipeline.AccountIs("C", "admitted", account => account.RulesVersion == 3);
        await pipeline.AccountIs("P", "withdrawn");
        await Eventually("the view is as it was", () => View(world), view => view.SequenceEqual(["c1"]));
        var history = await Eventually("all is decided", () => pipeline.Get<IReadOnlyList<RuleSetLine>>("/api/rules"), sets => sets.All(set => set.FinishedAt is not null));
        Assert.Equal([(3, "jo", "a slip", 1), (2, "kim", "partners only", null), (1, "configuration", "what rules.yaml says at the start", (int?)null)],
            history.Select(set => (set.Version, set.Author, set.Reason, set.ReturnsTo)));
        Assert.All(history, set => Assert.Equal(set.Accounts, set.Decided));
    }

    [Fact]
    public async Task Rules_that_change_nothing_for_an_account_are_not_announced_again()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        var admitted = await world.Outsider.Listen(Exchanges.AccountAdmitted);
        await pipeline.Account("A", "001");
        await pipeline.AccountIs("A", "admitted");
        await Apply(pipeline, RunningPipeline.Rules + "\n# the same with a remark\n", "a remark");
        await pipeline.AccountIs("A", "admitted", account => account.RulesVersion == 2);
        await pipeline.Ledger(received: 2);
        Assert.Equal(1, JsonDocument.Parse(Assert.Single(await world.Outsider.Take(admitted)).Body).RootElement.GetProperty("rules_version").GetInt32());
    }

    [Fact]
    public async Task Another_system_of_record_takes_the_old_accounts_out_and_lets_its_own_in()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await pipeline.Account("A", "001");
        await pipeline.Account("B", "002");
        await pipeline.AccountIs("B", "admitted");
        await pipeline.Outsider.Publish(Exchanges.AccountDiscovered, """{"source":"erp","native_id":"e1","observed_at":"2026-01-01T00:00:00Z","account_id":"A","name":"Acme","join_date":"2024-01-01"}""");
        await pipeline.Ledger(received: 5);

        await Apply(pipeline, "system_of_record: erp", "the CRM is given up");

        Assert.Equal(["e1"], (await pipeline.AccountIs("A", "admitted", account => account.RulesVersion == 2)).Records);
        await pipeline.AccountIs("B", "withdrawn");
    }

    [Fact]
    public async Task A_service_that_ends_while_accounts_are_decided_anew_goes_on_when_it_is_back()
    {
        const int Accounts = 1200;
        await using var world = await World.New();
        await using (var pipeline = await RunningPipeline.Start(world))
        {
            for (var number = 0; number < Accounts; number++) await pipeline.Record($"A{number}", $"{number}");
            await Eventually("all are decided", () => world.Number("select count(*) from system_of_record.mt_doc_account where current_state = 'Waiting'"), count => count == Accounts);
            await Apply(pipeline, "system_of_record: crm", "everyone");
        }

        await using (var again = await RunningPipeline.Start(world))
            await Eventually("all are in", () => world.Number("select count(*) from system_of_record.mt_doc_account where current_state = 'Admitted'"), count => count == Accounts, TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task The_file_decides_at_each_start_until_somebody_has_applied_rules()
    {
        await using var world = await World.New();
        await using (var first = await RunningPipeline.Start(world))
        {
            await first.Account("A", "001");
            await first.AccountIs("A", "admitted");
        }

        var other = RulesFileOf.Text(Partners);
        await using (var second = await RunningPipeline.Start(world, $"--Rules:File={other}"))
        {
            await second.AccountIs("A", "withdrawn", account => account.RulesVersion == 2);
            await Apply(second, RunningPipeline.Rules, "customers after all");
            await second.AccountIs("A", "admitted", account => account.RulesVersion == 3);
        }

        await using (var third = await RunningPipeline.Start(world, $"--Rules:File={other}"))
            Assert.Equal(3, (await third.Get<RuleSetReport>("/api/rules/in-force")).Set.Version);
    }

    [Fact]
    public async Task Mistakes_are_told_and_nothing_is_put_into_force()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        const string Wrong = "system_of_record: crm\nfilter:\n  feld: Type\n";
        Assert.StartsWith("line 3, filter.feld: is not known here", Assert.Single((await Try(pipeline, Wrong)).Mistakes, mistake => mistake.Contains("feld", StringComparison.Ordinal)));
        Assert.Contains("filter.feld", (await Apply(pipeline, Wrong, "a slip")).Detail);
        Assert.Contains("in force already", (await Apply(pipeline, RunningPipeline.Rules, "again")).Detail);
        Assert.Contains("Say who you are", (await pipeline.Post("/api/rules/undo", """{"author":"configuration","reason":"x"}""")).Detail);
        Assert.Contains("nothing to go back to", (await pipeline.Post("/api/rules/undo", """{"author":"jo","reason":"x"}""")).Detail);
        Assert.Single(await pipeline.Get<IReadOnlyList<RuleSetLine>>("/api/rules"));
    }

    [Fact]
    public async Task A_trial_warns_of_a_field_that_no_record_has_and_of_a_system_that_none_is_linked_with()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await pipeline.Account("A", "001");
        await pipeline.AccountIs("A", "admitted");
        var trial = await Try(pipeline, "system_of_record: crm\nfilter: { field: Typ, equals: Customer }\npaths: [{ system: biling }]");
        Assert.Equal(2, trial.Warnings.Count);
        Assert.Contains(trial.Warnings, warning => warning.Contains("Typ", StringComparison.Ordinal));
        Assert.Contains(trial.Warnings, warning => warning.Contains("biling", StringComparison.Ordinal));
    }

    /// <summary>A customer that is in with a ticket, a partner that is refused and has two waiting, one of them by a parent in the help desk, and a prospect.</summary>
    private static async Task<RunningPipeline> Peopled(World world)
    {
        var pipeline = await RunningPipeline.Start(world);
        await pipeline.Account("C", "001");
        await pipeline.Record("P", "002", type: "Partner", more: ",\"links\":[{\"system\":\"desk\",\"native_id\":\"org-2\"}]");
        await pipeline.Record("X", "003", type: "Prospect");
        await pipeline.Evidence("003");
        await pipeline.Child("c1", "\"account_id\":\"C\"");
        await pipeline.Child("p1", "\"account_id\":\"P\"");
        await pipeline.Child("p2", "\"parent_id\":\"org-2\"");
        await pipeline.Child("x1", "\"account_id\":\"X\"");
        await pipeline.AccountIs("C", "admitted");
        await pipeline.AccountIs("P", "refused");
        await pipeline.AccountIs("X", "refused");
        await pipeline.Why("c1", "accepted");
        return pipeline;
    }

    private static async Task<RulesTrialReport> Try(RunningPipeline pipeline, string yaml)
    {
        var (status, body) = await pipeline.Post("/api/rules/try", yaml);
        Assert.Equal(HttpStatusCode.OK, status);
        return JsonSerializer.Deserialize(body, PipelineJson.Report.RulesTrialReport)!;
    }

    private static Task<(HttpStatusCode Status, string Detail)> Apply(RunningPipeline pipeline, string yaml, string reason) =>
        pipeline.Post("/api/rules", JsonSerializer.Serialize(new RulesOrder(yaml, "kim", reason), PipelineJson.Report.RulesOrder));

    private static async Task<string[]> View(World world)
    {
        await using var command = world.Database.CreateCommand("select array(select native_id from gatekeeper.customer_objects order by 1)");
        return (string[])(await command.ExecuteScalarAsync())!;
    }
}
