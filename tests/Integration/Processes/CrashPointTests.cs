using System.Text;
using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Integration.Tests.Flows;
using Pipeline.TestKit;
using static Pipeline.TestKit.Waiting;

namespace Pipeline.Integration.Tests.Processes;

/// <summary>
/// What docs/delivery.md says of each point: the process dies exactly there, not somewhere near, and what it had begun comes to the end that
/// it would have come to. Compared by id.
/// </summary>
public sealed class CrashPointTests
{
    private const int PerPoint = 40;

    /// <summary>Of one account: more than are let in by the transaction that admits it.</summary>
    private const int Many = 300;

    /// <summary>Each point, and what makes the gatekeeper come to it.</summary>
    private static readonly (string Point, Func<World, int, Task> Provoke)[] OfTheGatekeeper =
    [
        ("before-handling gatekeeper-children", Children),
        ("before-commit children", Children),
        ("after-commit children", Children),
        ("before-saying announcements", Children),
        ("after-saying announcements", Children),
        ("before-acknowledging gatekeeper-children", Children),
        ("before-handling gatekeeper-evidence", Accounts),
        ("before-commit evidence", Accounts),
        ("after-commit evidence", Accounts),
        ("before-acknowledging gatekeeper-evidence", Accounts),
        ("before-commit evidence", ChildrenAndAccounts),
        ("after-commit evidence", ChildrenAndAccounts),
        ("before-commit release", ManyAndAccounts),
        ("after-commit release", ManyAndAccounts),
        ("before-commit people", People),
        ("after-commit people", People),
        ("before-commit expiry", Late),
        ("after-commit expiry", Late),
        ("after-saying swept", Children),
    ];

    [Fact]
    public async Task The_gatekeeper_dies_at_each_of_its_points_and_every_child_ends_where_it_must_said_under_one_id()
    {
        await using var world = await World.New();
        await using var gatekeeper = await ServiceProcess.Start("Gatekeeper", world, ("Deadlines__desk__short", "00:00:01"));
        var accepted = await world.Outsider.Listen(Exchanges.ChildObjectAccepted);
        var dead = await world.Outsider.Listen(Exchanges.ChildObjectDeadLettered);
        await Accounts(world, 0);
        await Eventually("the first accounts are known", () => world.Number("select count(*) from gatekeeper.accounts"), count => count == PerPoint);
        await gatekeeper.Kill();

        for (var index = 0; index < OfTheGatekeeper.Length; index++)
        {
            var (point, provoke) = OfTheGatekeeper[index];
            if (point == "after-saying swept") await LeaveSomethingUnsaid(gatekeeper, world);
            if (provoke == ManyAndAccounts || provoke == ChildrenAndAccounts) await Settle(gatekeeper, world, index); // or it dies at a release of the accounts before
            gatekeeper.Restart(("PIPELINE_CRASH_AT", point));
            await provoke(world, index + 1);
            await gatekeeper.Died(point);
            await Forget(world, "gatekeeper");
        }

        gatekeeper.Restart(("PIPELINE_CRASH_AT", ""));
        await gatekeeper.Ready();
        for (var index = 1; index <= OfTheGatekeeper.Length; index++) await Accounts(world, index); // what waits is let in now

        var late = Expected(Late, "late-");
        var inAtTheEnd = OfTheGatekeeper.SelectMany((entry, index) => entry.Provoke == Late || entry.Provoke == Accounts ? [] : Enumerable.Range(0, entry.Provoke == ManyAndAccounts ? Many : PerPoint).Select(number => $"{index + 1}-{number}"))
            .Append($"unsaid-0").Order(StringComparer.Ordinal).ToList();
        await Eventually("every child is in", () => world.Texts("select native_id from gatekeeper.objects"), ids => ids.Count >= inAtTheEnd.Count, TimeSpan.FromSeconds(60));
        Assert.Equal(inAtTheEnd, await world.Texts("select native_id from gatekeeper.objects"));
        await Eventually("everything late is dead", () => world.Texts("select native_id from gatekeeper.dead"), ids => ids.SequenceEqual(late));
        await Eventually("everything is said", () => world.Number("select count(*) from gatekeeper.announcements"), count => count == 0, TimeSpan.FromSeconds(60));
        Assert.Equal(0, await world.Number("select count(*) from gatekeeper.parked"));
        Assert.Equal(0, await world.Unbalanced("gatekeeper"));

        AssertSaidUnderOneId(inAtTheEnd, await world.Outsider.Take(accepted));
        AssertSaidUnderOneId(late, await world.Outsider.Take(dead));
    }

    [Fact]
    public async Task The_system_of_record_dies_at_each_of_its_points_and_every_account_comes_in()
    {
        string[] points =
        [
            "before-handling system-of-record-accounts", "before-commit records", "after-commit records", "before-saying announcements", "after-saying announcements",
            "before-acknowledging system-of-record-accounts", "before-commit account", "after-commit account",
        ];
        await using var world = await World.New();
        await using var systemOfRecord = await ServiceProcess.Start("SystemOfRecord", world, ("Rules__File", RulesFileOf.All("crm")));
        var admitted = await world.Outsider.Listen(Exchanges.AccountAdmitted);
        await systemOfRecord.Kill();
        for (var index = 0; index < points.Length; index++)
        {
            systemOfRecord.Restart(("PIPELINE_CRASH_AT", points[index]));
            await world.Outsider.Publish(Exchanges.AccountDiscovered, Enumerable.Range(0, PerPoint).Select(number => Encoding.UTF8.GetBytes(Bodies.Record($"A-{index}-{number}", $"{index}-{number}"))));
            await systemOfRecord.Died(points[index]);
            await Forget(world, "system_of_record");
        }

        systemOfRecord.Restart(("PIPELINE_CRASH_AT", ""));
        var expected = points.SelectMany((_, index) => Enumerable.Range(0, PerPoint).Select(number => $"A-{index}-{number}")).Order(StringComparer.Ordinal).ToList();
        await Eventually("every account is in", () => world.Texts("select data ->> 'AccountId' from system_of_record.mt_doc_account where current_state = 'Admitted'"), ids => ids.SequenceEqual(expected), TimeSpan.FromSeconds(60));
        await Eventually("everything is said", () => world.Number("select count(*) from system_of_record.announcements"), count => count == 0, TimeSpan.FromSeconds(60));
        var said = (await world.Outsider.Take(admitted)).Select(letter => (letter.Properties.MessageId, JsonDocument.Parse(letter.Body).RootElement.GetProperty("account_id").GetString()!)).ToList();
        Assert.Equal(expected, said.Select(entry => entry.Item2).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(expected.Count, said.Select(entry => entry.MessageId).Distinct().Count());
    }

    [Fact]
    public async Task The_office_dies_at_each_of_its_points_and_keeps_every_letter_once()
    {
        string[] points = ["before-handling dead-letters", "before-commit letters", "after-commit letters", "before-acknowledging dead-letters"];
        await using var world = await World.New();
        await using var gatekeeper = await ServiceProcess.Start("Gatekeeper", world);
        await using var office = await ServiceProcess.Start("DeadLetters", world);
        await office.Kill();
        for (var index = 0; index < points.Length; index++)
        {
            office.Restart(("PIPELINE_CRASH_AT", points[index]));
            await world.Outsider.Publish(Exchanges.ChildObjectReceived, Enumerable.Range(0, PerPoint).Select(number => Encoding.UTF8.GetBytes(Bodies.Child($"{index}-{number}", "\"account_id\":12.5"))));
            await office.Died(points[index]);
            await Forget(world, "dead_letters");
        }

        office.Restart(("PIPELINE_CRASH_AT", ""));
        var expected = points.SelectMany((_, index) => Enumerable.Range(0, PerPoint).Select(number => $"{index}-{number}")).Order(StringComparer.Ordinal).ToList();
        await Eventually("every letter is kept", () => world.Texts("select native_id from dead_letters.letters"), ids => ids.SequenceEqual(expected), TimeSpan.FromSeconds(60));
    }

    /// <summary>So many deaths in a row, none for a message's sake, would make suspects of the harmless: as if a good life lay between them. PoisonTests are about the others.</summary>
    private static async Task Forget(World world, string schema)
    {
        await using var command = world.Database.CreateCommand($"delete from {schema}.suspects");
        await command.ExecuteNonQueryAsync();
    }

    private static async Task Settle(ServiceProcess gatekeeper, World world, int index)
    {
        gatekeeper.Restart(("PIPELINE_CRASH_AT", ""));
        await gatekeeper.Ready();
        await Eventually("the accounts before are known", () => world.Number($"select count(*) from gatekeeper.accounts where account_id like 'A-{index}-%'"), count => count == PerPoint);
        await Eventually("nothing waits to be released", () => world.Number("select count(*) from gatekeeper.releases"), left => left == 0);
        await gatekeeper.Stop(); // what is in hand is ended
    }

    private static async Task LeaveSomethingUnsaid(ServiceProcess gatekeeper, World world)
    {
        gatekeeper.Restart(("PIPELINE_CRASH_AT", "before-saying announcements"));
        await world.Outsider.Publish(Exchanges.ChildObjectReceived, Bodies.Child("unsaid-0", "\"account_id\":\"A-0-0\""));
        await gatekeeper.Died("before-saying announcements");
    }

    /// <summary>Of accounts that are known.</summary>
    private static Task Children(World world, int index) => Publish(world, number => Bodies.Child($"{index}-{number}", $"\"account_id\":\"A-0-{number}\""));

    private static Task Accounts(World world, int index) => world.Outsider.Publish(Exchanges.AccountAdmitted, Enumerable.Range(0, PerPoint).Select(number => Encoding.UTF8.GetBytes(
        $$"""{"account_id":"A-{{index}}-{{number}}","revision":1,"source":"crm","native_id":"{{index}}-{{number}}","name":"Acme","join_date":"2025-01-01T00:00:00Z"}""")));

    /// <summary>Of accounts that come after them.</summary>
    private static async Task ChildrenAndAccounts(World world, int index)
    {
        await Publish(world, number => Bodies.Child($"{index}-{number}", $"\"account_id\":\"A-{index}-{number}\""));
        await Wait(world, index, PerPoint);
        await Accounts(world, index);
    }

    private static async Task ManyAndAccounts(World world, int index)
    {
        await Publish(world, number => Bodies.Child($"{index}-{number}", $"\"account_id\":\"A-{index}-0\""), Many);
        await Wait(world, index, Many);
        await Accounts(world, index);
    }

    private static Task Wait(World world, int index, int children) => Eventually("they wait", () => world.Number($"select count(*) from gatekeeper.parked where native_id like '{index}-%'"), count => count == children);

    private static Task People(World world, int index) => Publish(world, number => Bodies.Child($"{index}-{number}", $"\"account_id\":\"A-0-{number}\",\"email\":\"p{index}-{number}@a.example\"", type: "contact"));

    private static Task Late(World world, int index) => Publish(world, number => Bodies.Child($"late-{index}-{number}", "\"account_id\":\"Nowhere\"", type: "short"));

    private static Task Publish(World world, Func<int, string> body, int many = PerPoint) => world.Outsider.Publish(Exchanges.ChildObjectReceived, Enumerable.Range(0, many).Select(number => Encoding.UTF8.GetBytes(body(number))));

    private static List<string> Expected(Func<World, int, Task> provoked, string prefix) =>
        [.. OfTheGatekeeper.SelectMany((entry, index) => entry.Provoke == provoked ? Enumerable.Range(0, PerPoint).Select(number => $"{prefix}{index + 1}-{number}") : []).Order(StringComparer.Ordinal)];

    private static void AssertSaidUnderOneId(List<string> expected, IReadOnlyList<Letter> letters)
    {
        var said = letters.Select(letter => (letter.Properties.MessageId, NativeId: JsonDocument.Parse(letter.Body).RootElement.GetProperty("native_id").GetString()!)).ToList();
        Assert.Equal(expected, said.Select(entry => entry.NativeId).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(expected.Count, said.Select(entry => entry.MessageId).Distinct().Count()); // a repeat has the same id
    }
}
