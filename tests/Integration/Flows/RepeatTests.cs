using System.Text;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.TestKit;

namespace Pipeline.Integration.Tests.Flows;

public sealed class RepeatTests
{
    /// <summary>Two versions of each of 300 children, over 30 accounts, of which a third is never admitted.</summary>
    private static readonly (string Exchange, byte[] Body)[] History =
    [
        .. from number in Enumerable.Range(0, 300) from version in Enumerable.Range(0, 2)
           select (Exchanges.ChildObjectReceived, Encoding.UTF8.GetBytes(Bodies.Child($"{number}", $"\"account_id\":\"A{number % 30}\"", minute: version))),
        .. Enumerable.Range(0, 20).Select(account => (Exchanges.AccountDiscovered, Encoding.UTF8.GetBytes(Bodies.Record($"A{account}", $"{account:000}")))),
        .. Enumerable.Range(0, 20).Select(account => (Exchanges.AccountDiscovered, Encoding.UTF8.GetBytes(Bodies.Evidence($"{account:000}")))),
    ];

    [Fact]
    public async Task Tripled_and_shuffled_messages_end_in_the_state_of_the_clean_run()
    {
        var clean = await EndOf(History);
        var shuffled = History.Concat(History).Concat(History).ToArray();
        new Random(7).Shuffle(shuffled);
        Assert.Equal(clean, await EndOf(shuffled));
    }

    private static async Task<string> EndOf((string Exchange, byte[] Body)[] messages)
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        foreach (var run in Runs(messages)) await pipeline.Outsider.Publish(run.Exchange, run.Bodies);
        var ledger = await pipeline.Ledger(received: messages.Length);
        Assert.Equal(messages.Length, ledger.Accepted + ledger.Parked + ledger.Superseded + ledger.Duplicates);
        await Waiting.Eventually("all releases are done", async () => (await pipeline.Get<StatusReport>("/api/status")).Gatekeeper!.ReleasesPending == 0);
        await using var command = world.Database.CreateCommand(
            """
            select string_agg(line, E'\n' order by line) from (
                select concat_ws(' ', 'in', native_id, observed_at, account_id) as line from gatekeeper.objects
                union all select concat_ws(' ', 'parked', native_id, observed_at, claim_value) from gatekeeper.parked
                union all select concat_ws(' ', account_id, standing) from gatekeeper.accounts) lines
            """);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private static IEnumerable<(string Exchange, List<byte[]> Bodies)> Runs((string Exchange, byte[] Body)[] messages)
    {
        var start = 0;
        for (var index = 1; index <= messages.Length; index++)
        {
            if (index < messages.Length && messages[index].Exchange == messages[start].Exchange) continue;
            yield return (messages[start].Exchange, [.. messages[start..index].Select(message => message.Body)]);
            start = index;
        }
    }
}
