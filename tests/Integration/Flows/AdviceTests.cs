using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.TestKit;

namespace Pipeline.Integration.Tests.Flows;

/// <summary>What the advisor says in three made situations, from records that came in by the broker.</summary>
public sealed class AdviceTests
{
    [Fact]
    public async Task A_CRM_that_holds_all_accounts_with_clean_ids_is_the_system_of_record()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        for (var number = 0; number < 40; number++) await Record(pipeline, "crm", $"C{number}", $"NW-{number:0000}", more: number % 2 == 0 ? ",\"fields\":{\"Type\":\"Customer\"}" : ",\"fields\":{\"Type\":\"Prospect\"}");
        for (var number = 0; number < 20; number++) await Record(pipeline, "billing", $"B{number}", $"NW-{number:0000}", joined: false);

        var first = (await Advice(pipeline, 60)).Recommendations[0];
        Assert.Equal(("crm", "account_id", true), (first.Candidate.System, first.Candidate.Field, first.Usable));
        Assert.Contains(first.Reasons, reason => reason.StartsWith("crm holds 100 % of all accounts that other systems know (20 of 20)", StringComparison.Ordinal));
        Assert.Contains(first.Reasons, reason => reason.Contains("looks made by a program", StringComparison.Ordinal));
        Assert.Contains(first.Reasons, reason => reason.Contains("filtered by", StringComparison.Ordinal) && reason.Contains("Customer 20", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_product_with_clean_ids_is_preferred_to_a_CRM_with_ids_typed_by_hand_and_gaps()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        string[] typed = ["Nord wind 0", "nordwind-1", "NORDWIND-2 ", "Nordwnd-3"];
        for (var number = 0; number < 40; number++) await Record(pipeline, "product", $"P{number}", $"nordwind-{number}");
        for (var number = 0; number < 30; number++) await Record(pipeline, "crm", $"C{number}", number % 3 == 0 ? null : number < 4 ? typed[number] : number % 2 == 0 ? $"Nordwind {number}" : $"nordwind-{number}");

        var advice = await Advice(pipeline, 70);
        Assert.Equal("product", advice.Recommendations[0].Candidate.System);
        var crm = Assert.Single(advice.Recommendations, ranked => ranked.Candidate.System == "crm");
        Assert.True(crm.Rank > 1);
        Assert.Contains(advice.Systems, system => system.System == "crm" && system.Fields.Any(field => field is { Field: "account_id", Making.By: "person" }));
    }

    [Fact]
    public async Task Where_no_system_can_be_it_as_it_is_the_best_is_named_with_what_is_to_be_repaired_first()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        for (var number = 0; number < 30; number++) await Record(pipeline, "crm", $"C{number}", $"NW-{number:0000}", joined: false);
        for (var number = 20; number < 40; number++) await Record(pipeline, "billing", $"B{number}", $"NW-{number:0000}", joined: false);

        var advice = await Advice(pipeline, 50);
        Assert.All(advice.Recommendations, ranked => Assert.False(ranked.Usable));
        Assert.Equal("crm", advice.Recommendations[0].Candidate.System);
        Assert.Contains("join date", advice.RepairFirst, StringComparison.Ordinal);
        Assert.Contains(advice.Recommendations[0].Reasons, reason => reason.StartsWith("10 accounts of billing are unknown to crm", StringComparison.Ordinal));
    }

    private static Task<AdviceReport> Advice(RunningPipeline pipeline, long records) =>
        Waiting.Eventually($"{records} records are advised on", () => pipeline.Get<AdviceReport>("/api/advice"), advice => advice.Records == records);

    private static Task Record(RunningPipeline pipeline, string source, string nativeId, string? accountId, bool joined = true, string more = "") => pipeline.Outsider.Publish(
        Exchanges.AccountDiscovered,
        $$"""{"source":"{{source}}","native_id":"{{nativeId}}","observed_at":"2026-01-01T00:00:00Z","name":"Company {{nativeId}}"{{(accountId is null ? "" : $",\"account_id\":\"{accountId}\"")}}{{(joined ? ",\"join_date\":\"2025-01-01T00:00:00Z\"" : "")}}{{more}}}""");
}
