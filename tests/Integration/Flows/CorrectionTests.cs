using System.Net;
using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.TestKit;

namespace Pipeline.Integration.Tests.Flows;

/// <summary>Law 2, and what a person may do about it: a value that only looks like an account frees nothing until somebody says what it means, and can be taken back.</summary>
public sealed class CorrectionTests
{
    [Fact]
    public async Task A_correction_frees_what_waits_for_the_value_in_one_source_and_undoing_it_takes_it_back()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await pipeline.Account("Acme", "N-1");
        await pipeline.AccountIs("Acme", "admitted");
        await pipeline.Child("1", "\"account_id\":\"acme \"");
        await pipeline.Child("2", "\"account_id\":\"acme \"", source: "mail");
        await pipeline.Why("1", "parked");
        await pipeline.Why("2", "parked", source: "mail");

        Assert.Equal(HttpStatusCode.NoContent, (await pipeline.Post("/api/corrections", Order("acme ", "Acme"))).Status);
        Assert.Equal("Acme", (await pipeline.Why("1", "accepted")).Places[0].Detail);
        Assert.Equal("a person's correction", (await pipeline.Why("1", "accepted")).Claims[0].Rule);
        await pipeline.Why("2", "parked", source: "mail"); // another source may mean another
        await pipeline.Child("3", "\"account_id\":\"acme \"");
        await pipeline.Why("3", "accepted");

        var line = Assert.Single(await pipeline.Get<IReadOnlyList<CorrectionLine>>("/api/corrections"));
        Assert.Equal(("desk", "account_id acme ", "Acme", "ann"), (line.Source, line.Claim, line.AccountId, line.Author));
        Assert.Equal(HttpStatusCode.NoContent, (await pipeline.Post($"/api/corrections/{line.Id}/undo", JsonSerializer.Serialize(new UndoOrder("bob", "two companies"), PipelineJson.Report.UndoOrder))).Status);
        await pipeline.Why("1", "parked");
        await pipeline.Why("3", "parked");
        Assert.Equal("bob", Assert.Single(await pipeline.Get<IReadOnlyList<CorrectionLine>>("/api/corrections")).UndoneBy);
        Assert.True((await pipeline.Ledger(5)).Balanced);
    }

    [Fact]
    public async Task A_correction_is_refused_where_the_value_is_an_account_of_its_own_or_the_account_is_unknown()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await pipeline.Account("Acme", "N-1");
        await pipeline.Account("ACME", "N-2");
        await pipeline.AccountIs("Acme", "admitted");
        await pipeline.AccountIs("ACME", "admitted");
        var (status, detail) = await pipeline.Post("/api/corrections", Order("ACME", "Acme"));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("account of its own", detail, StringComparison.Ordinal);
        Assert.Contains("No account Akme", (await pipeline.Post("/api/corrections", Order("acme ", "Akme"))).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_of_exactly_that_name_makes_a_correction_ambiguous()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await pipeline.Account("Acme", "N-1");
        await pipeline.AccountIs("Acme", "admitted");
        await pipeline.Post("/api/corrections", Order("ACME", "Acme"));
        await pipeline.Child("1", "\"account_id\":\"ACME\"");
        await pipeline.Why("1", "accepted");
        await pipeline.Account("ACME", "N-2");
        Assert.Contains("ambiguous", (await pipeline.Why("1", "parked")).Places[0].Detail, StringComparison.Ordinal);
    }

    private static string Order(string value, string account) =>
        JsonSerializer.Serialize(new CorrectionOrder("desk", new Claim(ClaimKind.AccountId, value), account, "ann", "a trailing blank"), PipelineJson.Report.CorrectionOrder);
}
