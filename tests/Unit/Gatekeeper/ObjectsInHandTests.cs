using Pipeline.Gatekeeper.Intake;

namespace Pipeline.Unit.Tests.Gatekeeper;

public sealed class ObjectsInHandTests
{
    private static readonly Guid A = new(1, 0, 0, new byte[8]), B = new(2, 0, 0, new byte[8]);
    private readonly ObjectsInHand _inHand = new();

    [Fact]
    public async Task What_another_batch_has_is_left_and_what_nobody_has_is_taken()
    {
        using var first = await Take(A);
        using var second = await Take(A, B);
        Assert.False(second.Has(A));
        Assert.True(second.Has(B));
    }

    [Fact]
    public async Task A_batch_of_which_others_have_everything_waits_until_one_lets_go()
    {
        var (first, second) = (await Take(A), await Take(B));
        var waiting = Take(A, B);
        Assert.False(waiting.IsCompleted);
        second.Dispose();
        using var third = await waiting;
        Assert.True(third.Has(B));
        Assert.False(third.Has(A));
        first.Dispose();
    }

    [Fact]
    public async Task A_batch_without_an_object_waits_for_nobody()
    {
        using var first = await Take(A);
        using var none = await Take();
        Assert.False(none.Has(A));
    }

    [Fact]
    public async Task Whoever_stops_waiting_has_taken_nothing()
    {
        using var stop = new CancellationTokenSource();
        var first = await Take(A);
        var waiting = _inHand.TakeAsync(new HashSet<Guid> { A }, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        first.Dispose();
        using var again = await Take(A);
        Assert.True(again.Has(A));
    }

    /// <summary>As batches are worked off: what is left over is asked for again, until it has had its turn.</summary>
    [Fact]
    public async Task Each_object_is_in_one_hand_at_a_time_and_each_batch_has_its_turn()
    {
        Guid[] objects = [.. Enumerable.Range(0, 20).Select(number => new Guid(number, 0, 0, new byte[8]))];
        var (holders, turns) = (new int[objects.Length], new int[objects.Length]);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(seed => Task.Run(() => WorkAsync(new Random(seed)))));
        Assert.Equal(4 * 200 * 5, turns.Sum());

        async Task WorkAsync(Random random)
        {
            for (var round = 0; round < 200; round++)
            {
                var left = random.GetItems(objects, 100).Distinct().Take(5).ToHashSet();
                while (left.Count > 0)
                {
                    using var hand = await _inHand.TakeAsync(left, TestContext.Current.CancellationToken);
                    var taken = left.Where(hand.Has).ToList();
                    foreach (var one in taken) Assert.Equal(1, Interlocked.Increment(ref holders[Array.IndexOf(objects, one)]));
                    await Task.Yield();
                    foreach (var one in taken)
                    {
                        Interlocked.Increment(ref turns[Array.IndexOf(objects, one)]);
                        Interlocked.Decrement(ref holders[Array.IndexOf(objects, one)]);
                    }

                    left.ExceptWith(taken);
                }
            }
        }
    }

    private Task<ObjectsInHand.Hand> Take(params Guid[] objects) => _inHand.TakeAsync(objects.ToHashSet(), TestContext.Current.CancellationToken);
}
