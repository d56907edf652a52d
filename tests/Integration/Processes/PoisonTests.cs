using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Integration.Tests.Flows;
using Pipeline.TestKit;
using RabbitMQ.Client;
using static Pipeline.TestKit.Waiting;

namespace Pipeline.Integration.Tests.Processes;

/// <summary>Messages on which the process itself ends, each time: they are found out and given up, and nothing that lay beside them is.</summary>
public sealed class PoisonTests
{
    private const int Harmless = 400;

    [Fact]
    public async Task A_message_that_kills_the_process_is_tried_four_times_and_dead_and_its_neighbours_are_decided()
    {
        await using var world = await World.New();
        await using var gatekeeper = await ServiceProcess.Start("Gatekeeper", world);
        await gatekeeper.Kill(); // so that all lie in the queue together
        var numbers = Enumerable.Range(0, Harmless).ToList();
        await Publish(world, numbers.Take(150));
        await Poison(world, "first");
        await Publish(world, numbers.Skip(150).Take(60));
        await Poison(world, "second");
        await Publish(world, numbers.Skip(210));

        gatekeeper.Restart(("PIPELINE_CRASH_AT", "at-message poison"));
        var deaths = await gatekeeper.RestartUntil("all is decided", async () => await world.Texts("select native_id from gatekeeper.parked") is { Count: Harmless });

        Assert.InRange(deaths, 4, 8);
        Assert.Equal([.. numbers.Select(number => $"n{number}").Order(StringComparer.Ordinal)], await world.Texts("select native_id from gatekeeper.parked"));
        await Eventually("both are dead", () => world.Texts("select reason from gatekeeper.dead"), dead => dead.SequenceEqual(["delivery_limit_reached", "delivery_limit_reached"]));
        await Eventually("no suspicion is left", () => world.Texts("select delivery::text from gatekeeper.suspects"), left => left.Count == 0);
        var letters = await Eventually("both lie among the dead", () => world.Outsider.Take(DeadLetterQueue.Name), letters => letters.Count > 0);
        Assert.All(letters, letter => Assert.Contains(JsonDocument.Parse(letter.Text).RootElement.GetProperty("native_id").GetString(), (string[])["first", "second"]));
    }

    private static Task Publish(World world, IEnumerable<int> numbers) =>
        world.Outsider.Publish(Exchanges.ChildObjectReceived, numbers.Select(number => System.Text.Encoding.UTF8.GetBytes(Bodies.Child($"n{number}", "\"account_id\":\"never\""))));

    private static Task Poison(World world, string name) =>
        world.Outsider.Publish(Exchanges.ChildObjectReceived, Bodies.Child(name, "\"account_id\":\"never\""), properties: new BasicProperties { MessageId = "poison" });
}
