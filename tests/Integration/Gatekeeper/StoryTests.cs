using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Pipeline.Contracts;
using Pipeline.Gatekeeper.Bindings;
using Pipeline.Gatekeeper.Corrections;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.Intake;
using Pipeline.Hosting.Broker;
using Pipeline.TestKit;
using Pipeline.Tests.Stories;

namespace Pipeline.Integration.Tests.Gatekeeper;

/// <summary>Law 5 on the real gatekeeper, broker and PostgreSQL: many stories are played side by side in one database, each in a world of its own names.</summary>
public sealed class StoryTests
{
    [Fact]
    public async Task Random_stories_end_as_the_reference_model_says()
    {
        const int seed = 20261124;
        TestContext.Current.SendDiagnosticMessage($"seed {seed}");
        var random = new Random(seed);
        var stories = Enumerable.Range(0, 400).Select(number => Told(number, Enumerable.Range(0, random.Next(2, 20)).Select(_ => Happening.Any(random)))).ToList();
        await Play(stories);
    }

    [Fact]
    public async Task Every_order_of_a_story_of_six_ends_the_same()
    {
        Happening[] story = [new Happening.Decided("A", 1, true), new Happening.Decided("B", 1, true), new Happening.Recorded("p", 1, "A"), new Happening.Recorded("p", 3, "B"),
            new Happening.Child("contact", 9, 1, "parent", "p"), new Happening.Child("ticket", 1, 1, "email", "e")];
        var orders = Happening.Orders(story).Select((order, number) => Told(number, order)).ToList();
        Assert.Equal(720, orders.Count);
        await Play(orders);
    }

    [Fact]
    public async Task Every_order_of_an_account_that_leaves_and_returns_while_an_email_leads_to_it_and_to_another_ends_the_same()
    {
        Happening[] story = [new Happening.Decided("A", 1, true), new Happening.Decided("A", 2, false), new Happening.Decided("A", 3, true),
            new Happening.Child("contact", 9, 1, "account_id", "A"), new Happening.Child("contact", 8, 1, "account_id", "B"), new Happening.Child("ticket", 1, 1, "email", "e")];
        // With the other account: every seventh of its 5040 orders.
        var left = Happening.Orders([.. story, new Happening.Decided("B", 1, true)]).Select((order, number) => Told(number, order)).Where((_, number) => number % 7 == 0).ToList();
        var alone = Happening.Orders(story).Select((order, number) => Told(number, order)).ToList();
        Assert.Equal((720, 720), (left.Count, alone.Count));
        await Play(alone);
        await Play(left);
    }

    [Fact]
    public async Task Every_order_of_an_account_that_leaves_with_the_newer_version_of_a_ticket_ends_with_the_older_one_in_view()
    {
        Happening[] story = [new Happening.Decided("A", 1, true), new Happening.Decided("A", 2, false), new Happening.Decided("B", 1, true),
            new Happening.Child("ticket", 1, 1, "account_id", "B"), new Happening.Child("ticket", 1, 2, "account_id", "A")];
        Assert.Equal("B 1", new ReferenceModel(story).View()["ticket 1"]);
        await Play([.. Happening.Orders(story).Select((order, number) => Told(number, order))]);
    }

    private static Happening[] Told(int number, IEnumerable<Happening> story) => [.. story.Select(happening => happening with { World = $"w{number}-" })];

    /// <summary>Each round tells the next happening of every story, as one batch a kind.</summary>
    private static async Task Play(IReadOnlyList<Happening[]> stories)
    {
        await using var world = await World.New();
        await using var app = world.Gatekeeper();
        await app.StartAsync();
        for (var round = 0; round < stories.Max(story => story.Length); round++)
            foreach (var batch in stories.Where(story => story.Length > round).Select(story => story[round]).Chunk(200)) await Tell(app.Services, batch);
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(world.Postgres) { SearchPath = "gatekeeper" }.ConnectionString);
        await Rest(database);

        var seen = await View(database);
        var wrong = stories.Select(story => (Story: story, Expected: new ReferenceModel(story).View(), Seen: Of(story, seen))).Where(told => !told.Expected.SequenceEqual(told.Seen)).ToList();
        Assert.True(wrong.Count == 0, wrong.Count == 0 ? "" : $"{wrong.Count} of {stories.Count} stories, the first:\n{string.Join("\n", wrong[0].Story.Select(happening => happening.ToString()))}\nexpected {string.Join(", ", wrong[0].Expected)}\nseen {string.Join(", ", wrong[0].Seen)}");
        await app.StopAsync();
    }

    private static async Task Tell(IServiceProvider services, IReadOnlyList<Happening> batch)
    {
        foreach (var corrected in batch.OfType<Happening.Corrected>()) await Correct(services.GetRequiredService<CorrectionWriter>(), corrected);
        var evidence = batch.Select(happening => happening switch
        {
            Happening.Decided decided => Delivered(decided.IsIn ? Exchanges.AccountAdmitted : Exchanges.AccountWithdrawn, decided.Body),
            Happening.Recorded recorded => Delivered(Exchanges.AccountDiscovered, recorded.Body),
            Happening.Mapped mapped => Delivered(Exchanges.UserMapped, mapped.Body),
            _ => null,
        }).OfType<Delivery>().ToList();
        var children = batch.OfType<Happening.Child>().Select(child => Delivered(Exchanges.ChildObjectReceived, child.Body)).ToList();
        // Side by side, as the receivers are.
        await Task.WhenAll(
            evidence.Count > 0 ? Patiently.Handle(() => ActivatorUtilities.CreateInstance<EvidenceIntake>(services).HandleAsync(evidence, default)) : Task.CompletedTask,
            children.Count > 0 ? Patiently.Handle(() => ActivatorUtilities.CreateInstance<ChildIntake>(services).HandleAsync(children, default)) : Task.CompletedTask);
    }

    /// <summary>What was taken back stays so: a story's order does not matter, a person's would.</summary>
    private static async Task Correct(CorrectionWriter writer, Happening.Corrected corrected)
    {
        var id = StableId.Of(corrected.World, corrected.Value);
        await writer.MakeAsync(new Correction(id, "desk", ClaimKey.Of(AccountId.Of(corrected.World + corrected.Value)), AccountId.Of(corrected.World + corrected.Account), "test", "a story"), default);
        if (corrected.Undone) await writer.UndoAsync(new Undoing(id, "test", "a story"), default);
    }

    private static Task Rest(NpgsqlDataSource database) => Waiting.Eventually(
        "the gatekeeper is at rest",
        async () =>
        {
            await using var command = database.CreateCommand("select not exists (select from releases) and not exists (select from people_changed) and not exists (select from people_heard)");
            return (bool)(await command.ExecuteScalarAsync())!;
        }, TimeSpan.FromSeconds(90));

    private static async Task<Dictionary<string, string>> View(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("select o.object_type, o.native_id, o.account_id, o.observed_at from objects o join accounts a using (account_key) where a.standing = 'admitted'");
        await using var rows = await command.ExecuteReaderAsync();
        var seen = new Dictionary<string, string>();
        while (await rows.ReadAsync())
            seen[$"{rows.GetString(0)} {rows.GetString(1)}"] = $"{rows.GetString(2)[(rows.GetString(2).IndexOf('-') + 1)..]} {(rows.GetFieldValue<DateTimeOffset>(3) - Happening.Start).TotalMinutes}";
        return seen;
    }

    private static SortedDictionary<string, string?> Of(Happening[] story, Dictionary<string, string> seen)
    {
        var view = new SortedDictionary<string, string?>(StringComparer.Ordinal);
        foreach (var child in story.OfType<Happening.Child>()) view[$"{child.Type} {child.NativeId}"] = seen.GetValueOrDefault($"{child.Type} {child.World}{child.NativeId}");
        return view;
    }

    private static Delivery Delivered(string exchange, string body) => new() { Tag = 1, Queue = "", Exchange = exchange, Body = Encoding.UTF8.GetBytes(body) };
}
