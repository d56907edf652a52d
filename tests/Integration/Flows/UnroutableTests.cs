using Pipeline.Contracts;
using Pipeline.TestKit;
using RabbitMQ.Client;

namespace Pipeline.Integration.Tests.Flows;

/// <summary>What is published where no queue is bound: the broker would take it, confirm it and forget it.</summary>
public sealed class UnroutableTests
{
    [Fact]
    public async Task A_message_that_no_queue_is_bound_for_is_kept_by_the_office_and_counted()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        var connection = await new ConnectionFactory { Uri = world.RabbitMq }.CreateConnectionAsync();
        await using (connection)
        {
            await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
            await channel.QueueUnbindAsync("gatekeeper-children", Exchanges.ChildObjectReceived, "");
            // Not mandatory, as most publishers do it: without the alternate exchange nobody would ever hear of it.
            await channel.BasicPublishAsync(Exchanges.ChildObjectReceived, "", mandatory: false, new BasicProperties { MessageId = "m-1" }, System.Text.Encoding.UTF8.GetBytes(Bodies.Child("t1", "\"account_id\":\"A\"")));
        }

        var letter = Assert.Single(await pipeline.DeadLetters(count: 1));
        Assert.Equal("unroutable", letter.Reason);
        Assert.StartsWith("No queue was bound to child-object-received.", letter.Sentence, StringComparison.Ordinal);
        Assert.Equal("desk", letter.Source);
        Assert.Equal(1, (await pipeline.Ledger(received: 1)).DeadLettered);
    }

    [Fact]
    public async Task What_the_pipeline_says_and_nobody_listens_to_is_no_dead_letter()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world);
        await pipeline.Account("A", "001");
        await pipeline.Child("t1", "\"account_id\":\"A\"");
        await pipeline.Why("t1", "accepted");
        await pipeline.Ledger(received: 3);
        Assert.Empty(await pipeline.DeadLetters(count: 0));
    }
}
