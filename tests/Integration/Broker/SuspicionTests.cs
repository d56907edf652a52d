using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Pipeline.Contracts;
using Pipeline.Hosting.Broker;
using Pipeline.Hosting.Storage;
using Pipeline.TestKit;

namespace Pipeline.Integration.Tests.Broker;

/// <summary>When a message is blamed for the end of the process.</summary>
public sealed class SuspicionTests
{
    [Fact]
    public async Task Before_a_message_is_tried_alone_nothing_is_done_and_nothing_noted_so_that_a_process_that_dies_of_something_else_blames_nobody()
    {
        await using var world = await World.New();
        await new Schema("trial", typeof(Schema).Assembly).ApplyAsync(world.Database, TestContext.Current.CancellationToken);
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(world.Postgres) { SearchPath = "trial" }.ConnectionString);
        var harmless = new Delivery { Tag = 1, Queue = "queue", Exchange = "", MessageId = "harmless", Body = new byte[] { 1 }, EarlierDeliveries = 3 };
        using var suspects = new Suspects(database);
        // Two deaths on which it was in hand, with others.
        for (var noted = 0; noted < 2; noted++) await suspects.NoteAsync(new SuspectGroup([harmless], noted), TestContext.Current.CancellationToken);

        using var death = new CancellationTokenSource(BatchAttempt.Quiet / 2);
        var handler = new Handler();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Decide(suspects, handler, harmless, death.Token));
        Assert.Equal(0, handler.Decided);
        Assert.Equal(2, (await suspects.NotedAsync([harmless], TestContext.Current.CancellationToken)).Values.Single());

        await Decide(suspects, handler, harmless, TestContext.Current.CancellationToken);
        Assert.Equal((1, 0), (handler.Decided, handler.Buried));
        Assert.Empty(await suspects.NotedAsync([harmless], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_broker_that_dies_again_and_again_makes_no_message_guilty()
    {
        await using var world = await World.New();
        await new Schema("trial", typeof(Schema).Assembly).ApplyAsync(world.Database, TestContext.Current.CancellationToken);
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(world.Postgres) { SearchPath = "trial" }.ConnectionString);
        var harmless = new Delivery { Tag = 1, Queue = "queue", Exchange = "", MessageId = "harmless", Body = new byte[] { 1 }, EarlierDeliveries = 3 };
        using var suspects = new Suspects(database);
        var handler = new Handler();
        var attempt = new BatchAttempt("queue", handler, 5, suspects, new StandStills(TimeProvider.System), TimeProvider.System, NullLogger.Instance);
        for (var death = 0; death < 8; death++)
            await Assert.ThrowsAsync<IOException>(() => attempt.DecideSuspectsAsync([harmless], _ => throw new IOException("The channel was closed."), () => true, TestContext.Current.CancellationToken));
        Assert.Equal((8, 0), (handler.Decided, handler.Buried));
        Assert.Empty(await suspects.NotedAsync([harmless], TestContext.Current.CancellationToken));
    }

    private static Task Decide(Suspects suspects, Handler handler, Delivery delivery, CancellationToken cancellation) =>
        new BatchAttempt("queue", handler, 5, suspects, new StandStills(TimeProvider.System), TimeProvider.System, NullLogger.Instance)
            .DecideSuspectsAsync([delivery], _ => Task.CompletedTask, () => false, cancellation);

    private sealed class Handler : IHandleBatches
    {
        public int Decided { get; private set; }

        public int Buried { get; private set; }

        public Task<IReadOnlyList<Delivery>> HandleAsync(IReadOnlyList<Delivery> batch, CancellationToken cancellation)
        {
            Decided += batch.Count;
            return Task.FromResult<IReadOnlyList<Delivery>>([]);
        }

        public Task BuryAsync(Delivery delivery, Refusal refusal, CancellationToken cancellation)
        {
            Buried++;
            return Task.CompletedTask;
        }
    }
}
