using System.Text;
using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Integration.Tests.Flows;
using Pipeline.TestKit;
using static Pipeline.TestKit.Waiting;

namespace Pipeline.Integration.Tests.Processes;

/// <summary>Laws 4 and 7 under <c>kill -9</c>: compared by id, never by count.</summary>
public sealed class KilledServiceTests
{
    private const int Children = 12_000;
    private const int Accounts = 200;

    [Fact]
    public async Task Killing_the_gatekeeper_again_and_again_loses_no_child_and_no_announcement()
    {
        await using var world = await World.New();
        await using var gatekeeper = await ServiceProcess.Start("Gatekeeper", world);
        var heard = await world.Outsider.Listen(Exchanges.ChildObjectAccepted);

        // Half of the children come before their accounts, half after; the process dies in the middle of both.
        var killing = Killing(gatekeeper, times: 4);
        await PublishChildren(world, Enumerable.Range(0, Children / 2));
        await world.Outsider.Publish(Exchanges.AccountAdmitted, Enumerable.Range(0, Accounts).Select(Admission));
        await PublishChildren(world, Enumerable.Range(Children / 2, Children / 2));
        await killing;
        await gatekeeper.Ready();

        var expected = Enumerable.Range(0, Children).Select(number => $"{number}").Order().ToList();
        await Eventually("every child is in", () => world.Texts("select native_id from gatekeeper.objects"), ids => ids.Count == Children, TimeSpan.FromSeconds(60));
        Assert.Equal(expected, await world.Texts("select native_id from gatekeeper.objects"));
        await Eventually("everything is said", async () => await world.Number("select count(*) from gatekeeper.announcements") == 0);
        var said = (await world.Outsider.Take(heard)).Select(letter => (letter.Properties.MessageId, Message: JsonSerializer.Deserialize(letter.Body, PipelineJson.Wire.ChildObjectAccepted)!)).ToList();
        Assert.Equal(expected, said.Select(entry => entry.Message.NativeId).Distinct().Order());
        Assert.Equal(Children, said.Select(entry => entry.MessageId).Distinct().Count()); // a repeat has the same id
        Assert.Equal(0, await world.Unbalanced("gatekeeper"));
        Assert.Equal(Children, await world.Number("select sum(accepted)::bigint from gatekeeper.ledger"));
    }

    private static async Task Killing(ServiceProcess service, int times)
    {
        for (var time = 0; time < times; time++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(700), TimeProvider.System);
            await service.Kill();
            service.Restart();
            await service.Ready();
        }
    }

    private static async Task PublishChildren(World world, IEnumerable<int> numbers)
    {
        foreach (var some in numbers.Chunk(500))
        {
            await world.Outsider.Publish(Exchanges.ChildObjectReceived, some.Select(number => Encoding.UTF8.GetBytes(Bodies.Child($"{number}", $"\"account_id\":\"A{number % Accounts}\""))));
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System); // so that the deaths fall among the messages
        }
    }

    private static byte[] Admission(int account) => Encoding.UTF8.GetBytes(
        $$"""{"account_id":"A{{account}}","revision":1,"source":"crm","native_id":"{{account}}","name":"Acme","join_date":"2025-01-01T00:00:00Z"}""");
}
