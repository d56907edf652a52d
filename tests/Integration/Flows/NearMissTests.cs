using System.Net;
using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.TestKit;
using static Pipeline.TestKit.Waiting;

namespace Pipeline.Integration.Tests.Flows;

/// <summary>What is nearly an account is shown with the reason, and used by nobody but a person.</summary>
public sealed class NearMissTests
{
    [Fact]
    public async Task The_board_explains_each_near_miss_and_says_how_many_objects_of_each_source_it_would_free()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        string[] accounts = ["Nordwind", "Müller", "4711", "12300000000000", "0015f00002AbCdEAAV", "PAVO"];
        for (var index = 0; index < accounts.Length; index++) await pipeline.Account(accounts[index], $"N-{index}");
        (string Asked, string Known, string Rule)[] misses =
        [
            ("nordwind", "Nordwind", "case"), ("Nordwind ", "Nordwind", "white_space"), ("Nord\u200bwind", "Nordwind", "zero_width"), ("Mu\u0308ller", "Müller", "unicode_form"),
            ("4711.0", "4711", "trailing_zero_fraction"), ("0004711", "4711", "leading_zeros"), ("1.23E+13", "12300000000000", "exponent"), ("0015f00002AbCdE", "0015f00002AbCdEAAV", "case_checksum"),
            ("P\u0410VO", "PAVO", "confusable_letters"),
        ];
        for (var index = 0; index < misses.Length; index++)
        {
            await pipeline.Child($"d{index}", $"\"account_id\":{JsonSerializer.Serialize(misses[index].Asked)}");
            await pipeline.Child($"m{index}", $"\"account_id\":{JsonSerializer.Serialize(misses[index].Asked)}", source: "mail");
            await pipeline.Child($"n{index}", $"\"account_id\":{JsonSerializer.Serialize(misses[index].Asked)}", source: "mail");
        }

        await pipeline.Child("null", "\"account_id\":\"N/A\"");
        await pipeline.Child("far", "\"account_id\":\"Sudwind\"");
        await pipeline.Ledger(received: (accounts.Length * 2) + (misses.Length * 3) + 2);

        var board = await Eventually(
            "the board knows the accounts", () => pipeline.Get<IReadOnlyList<ParkedLine>>("/api/parked?near=true"),
            lines => lines.Count == misses.Length + 1 && lines.SelectMany(line => line.NearMisses).All(near => near.Standing == "admitted"));
        foreach (var (asked, known, rule) in misses)
        {
            var near = Assert.Single(Assert.Single(board, line => line.Claim == $"account_id {asked}").NearMisses);
            Assert.Equal((rule, known, "admitted"), (Assert.Single(near.Rules), near.AccountId, near.Standing));
            Assert.Equal([("mail", 2L), ("desk", 1L)], near.Corrections.Select(correction => (correction.Source, correction.Frees)));
        }

        Assert.Equal("Nord⟨U+200B⟩wind", Assert.Single(board, line => line.Claim == "account_id Nord\u200bwind").NearMisses[0].Asked);
        Assert.Single(board, line => line.IsNullWord);
        Assert.DoesNotContain(board, line => line.Claim.Contains("Sudwind", StringComparison.Ordinal));
        Assert.Contains(await pipeline.Get<IReadOnlyList<ParkedLine>>("/api/parked"), line => line.Claim.Contains("Sudwind", StringComparison.Ordinal));
        Assert.Equal(misses.Length * 3, board.Sum(line => line.Objects) - 1);
    }

    [Fact]
    public async Task A_correction_made_of_a_suggestion_frees_exactly_what_it_promised()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await pipeline.Account("Nordwind", "N-1");
        await pipeline.Parent("org-1", "nordwind"); // the help desk's own record states it
        for (var index = 0; index < 3; index++) await pipeline.Child($"d{index}", "\"account_id\":\"nordwind\"");
        for (var index = 0; index < 4; index++) await pipeline.Child($"p{index}", "\"parent\":\"org-1\"".Replace("parent", "parent_id", StringComparison.Ordinal));
        for (var index = 0; index < 2; index++) await pipeline.Child($"m{index}", "\"account_id\":\"nordwind\"", source: "mail");
        await pipeline.AccountIs("Nordwind", "admitted");
        var before = await pipeline.Ledger(received: 12);

        var line = Assert.Single(await Eventually("the board knows the account", () => pipeline.Get<IReadOnlyList<ParkedLine>>("/api/parked"), board => board is [{ NearMisses: [{ Standing: "admitted" }] }]));
        Assert.Equal((9, 0), (line.Objects, line.Dead));
        var correction = Assert.Single(line.NearMisses).Corrections[0];
        Assert.Equal(("desk", 7), (correction.Source, correction.Frees));
        var order = new CorrectionOrder(correction.Source, correction.Claim, correction.AccountId, "kim", "the desk writes it small");
        Assert.Equal(HttpStatusCode.NoContent, (await pipeline.Post("/api/corrections", JsonSerializer.Serialize(order, PipelineJson.Report.CorrectionOrder))).Status);

        await Eventually("what was promised is in", () => pipeline.Get<PipelineLedger>("/api/ledger"), ledger => ledger.Parked == before.Parked - correction.Frees);
        Assert.Equal(2, Assert.Single(await pipeline.Get<IReadOnlyList<ParkedLine>>("/api/parked")).Objects);
    }

    [Fact]
    public async Task Two_accounts_that_differ_in_case_are_both_right_and_nothing_can_be_corrected()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await pipeline.Account("Acme", "N-1");
        await pipeline.Record("ACME", "N-2", type: "Prospect");
        await pipeline.AccountIs("ACME", "refused");
        await pipeline.AccountIs("Acme", "admitted");
        await pipeline.Child("1", "\"account_id\":\"ACME\"");
        var why = await pipeline.Why("1", "parked");

        var near = Assert.Single(why.NearMisses);
        Assert.Equal(("Acme", 0), (near.AccountId, near.Corrections.Count));
        var line = Assert.Single(await pipeline.Get<IReadOnlyList<ParkedLine>>("/api/parked"));
        Assert.Equal(("refused", "not_admitted"), (line.Standing, Assert.Single(line.Why)));
    }

    [Fact]
    public async Task A_fraction_that_is_not_zero_is_near_to_nothing_and_one_of_zeros_ties_nothing()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await pipeline.Account("123", "N-1");
        await pipeline.AccountIs("123", "admitted");
        foreach (var (id, asked) in new[] { ("1", "123000.0"), ("2", "123.5"), ("3", "123.0") }) await pipeline.Child(id, $"\"account_id\":\"{asked}\"");
        await pipeline.Why("3", "parked");
        Assert.Empty((await pipeline.Why("1", "parked")).NearMisses);
        Assert.Empty((await pipeline.Why("2", "parked")).NearMisses);
        Assert.Equal("trailing_zero_fraction", Assert.Single(Assert.Single((await pipeline.Why("3", "parked")).NearMisses).Rules));
    }

    [Fact]
    public async Task Other_claims_have_near_misses_of_their_own_kind_alone()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await pipeline.Account("A", "N-1");
        await pipeline.Parent("Org-1", "A");
        await pipeline.Outsider.Publish(Exchanges.UserMapped, """{"user_id":"U-1","account_id":"A","observed_at":"2026-01-01T00:00:00Z"}""");
        await pipeline.Child("p", "\"parent_id\":\"org-1\"");
        await pipeline.Child("u", "\"user_id\":\"u-1\"");
        await pipeline.Child("s", "\"account_support_id\":\"org-1\"");
        await pipeline.AccountIs("A", "admitted");
        await pipeline.Ledger(received: 7);

        Assert.Equal(("Org-1", "A"), Of(await pipeline.Why("p", "parked")));
        Assert.Equal(("U-1", "A"), Of(await pipeline.Why("u", "parked")));
        Assert.Empty((await pipeline.Why("s", "parked")).NearMisses);

        static (string, string) Of(WhyReport why) => (Assert.Single(why.NearMisses).Known, why.NearMisses[0].AccountId);
    }

    [Fact]
    public async Task Account_ids_that_other_systems_misspell_are_listed_with_the_account_that_they_are_near_to()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await pipeline.Parent("org-1", "nordwind");
        await pipeline.Parent("org-2", "nordwind");
        await pipeline.Parent("org-3", "Ostwind");
        await pipeline.Account("Nordwind", "N-1");
        await pipeline.Child("1", "\"parent_id\":\"org-2\"");
        await pipeline.AccountIs("Nordwind", "admitted");
        await pipeline.Why("1", "parked");

        var strange = Assert.Single(await pipeline.Get<IReadOnlyList<StrangeAccountLine>>("/api/accounts/near-misses"));
        Assert.Equal(("nordwind", 2L, "Nordwind", 1L), (strange.Stated, strange.Records["desk"], Assert.Single(strange.NearMisses).AccountId, Assert.Single(strange.NearMisses[0].Corrections).Frees));
        await pipeline.Account("nordwind", "N-2"); // it was right after all
        await Eventually("it is strange no more", () => pipeline.Get<IReadOnlyList<StrangeAccountLine>>("/api/accounts/near-misses"), lines => lines.Count == 0);
    }

    [Fact]
    public async Task What_was_given_up_is_on_the_board_with_its_key_and_its_near_miss()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world, "--Deadlines:default=00:00:01");
        await pipeline.Account("Nordwind", "N-1");
        await pipeline.Child("1", "\"account_id\":\"nordwind\"");
        var why = await pipeline.Why("1", "dead_lettered");
        Assert.Equal("Nordwind", Assert.Single(why.NearMisses).AccountId);
        var line = Assert.Single(await pipeline.Get<IReadOnlyList<ParkedLine>>("/api/parked?near=true"));
        Assert.Equal(("account_id nordwind", 0, 1, "desk"), (line.Claim, line.Objects, line.Dead, Assert.Single(line.Sources)));
    }

    [Fact]
    public async Task An_object_under_an_account_that_left_is_said_to_be_out_of_view()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await pipeline.Account("A", "N-1");
        await pipeline.Child("1", "\"account_id\":\"A\"");
        Assert.Equal("It is in, under account A.", (await pipeline.Why("1", "accepted")).Answer);
        await pipeline.Record("A", "N-1", type: "Former", minute: 1);
        await Eventually("it is told", () => pipeline.Why("1", "accepted"), why => why.Answer.Contains("out of the view", StringComparison.Ordinal));
    }
}
