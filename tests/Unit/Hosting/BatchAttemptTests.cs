using Microsoft.Extensions.Logging.Abstractions;
using Pipeline.Contracts;
using Pipeline.Hosting.Broker;

namespace Pipeline.Unit.Tests.Hosting;

public sealed class BatchAttemptTests
{
    private readonly List<string> _decided = [];
    private readonly List<(string? Message, Refusal Refusal)> _buried = [];
    private string? _unburiable;
    private Func<string, bool> _leaves = _ => false;

    [Fact]
    public async Task A_batch_that_can_be_decided_is_decided_once()
    {
        await Decide(["a", "b", "c"], _ => null);
        Assert.Equal(["a", "b", "c"], _decided);
    }

    [Fact]
    public async Task The_one_message_that_cannot_be_borne_is_buried_and_the_others_are_decided_in_order()
    {
        await Decide(["a", "b", "bad", "c", "d"], batch => batch.Contains("bad") ? new InvalidOperationException("no such luck") : null);
        Assert.Equal(["a", "b", "c", "d"], _decided);
        var (message, refusal) = Assert.Single(_buried);
        Assert.Equal(("bad", Reason.HandlerFailed), (message, refusal.Reason));
        Assert.Equal("InvalidOperationException: no such luck (after 3 attempts).", refusal.Detail);
    }

    [Fact]
    public async Task Of_a_full_batch_the_one_is_tried_five_times_and_the_others_at_most_five_in_few_transactions()
    {
        foreach (var place in (int[])[0, 1, 333, 998, 999])
        {
            _decided.Clear();
            _buried.Clear();
            var transactions = 0;
            var tried = new Dictionary<string, int>();
            await Decide([.. Enumerable.Range(0, 1000).Select(number => number == place ? "bad" : $"{number}")], batch =>
            {
                transactions++;
                foreach (var message in batch) tried[message] = tried.GetValueOrDefault(message) + 1;
                return batch.Contains("bad") ? new InvalidOperationException() : null;
            }, attempts: 5);
            Assert.Equal(5, tried["bad"]);
            Assert.True(tried.Values.Max() <= 5);
            Assert.InRange(transactions, 5, 25);
            Assert.Equal(999, _decided.Distinct().Count());
            Assert.Equal(999, _decided.Count);
            Assert.Single(_buried);
        }
    }

    [Fact]
    public async Task However_many_are_bad_each_is_tried_five_times_at_most_and_no_other_is_buried()
    {
        var random = new Random(14);
        for (var round = 0; round < 300; round++)
        {
            _decided.Clear();
            _buried.Clear();
            var tried = new Dictionary<string, int>();
            var share = random.NextDouble();
            string[] messages = [.. Enumerable.Range(0, random.Next(1, 200)).Select(number => random.NextDouble() < share ? $"bad {number}" : $"{number}")];
            await Decide(messages, batch =>
            {
                foreach (var message in batch) tried[message] = tried.GetValueOrDefault(message) + 1;
                return batch.Any(message => message.StartsWith("bad", StringComparison.Ordinal)) ? new InvalidOperationException() : null;
            }, attempts: 5);
            Assert.True(tried.Values.Max() <= 5);
            Assert.Equal(messages.Where(message => message.StartsWith("bad", StringComparison.Ordinal)), _buried.Select(one => one.Message));
            Assert.Equal(messages.Where(message => !message.StartsWith("bad", StringComparison.Ordinal)), _decided);
        }
    }

    [Fact]
    public void Parts_are_cut_so_that_a_message_stands_alone_at_the_last_try()
    {
        Assert.Equal([167, 28, 5, 1], Cuts(1000));
        Assert.Equal([1, 1, 1, 1], Cuts(2));

        static IEnumerable<int> Cuts(int count)
        {
            for (var tries = 4; tries >= 1; tries--) yield return count = BatchAttempt.PartOf(count, tries);
        }
    }

    [Fact]
    public async Task A_failure_of_the_surroundings_is_waited_out_and_buries_nobody()
    {
        var failures = 3;
        await Decide(["a"], _ => failures-- > 0 ? new TimeoutException() : null);
        Assert.Equal(["a"], _decided);
        Assert.Empty(_buried);
    }

    [Fact]
    public async Task What_was_decided_before_the_surroundings_failed_is_not_decided_again()
    {
        var failed = false;
        await Decide(["a", "b", "bad", "c"], batch =>
        {
            if (batch.Contains("bad")) return new InvalidOperationException();
            if (!batch.Contains("c") || failed) return null;
            failed = true;
            return new TimeoutException();
        });
        Assert.Equal(["a", "b", "c"], _decided);
    }

    [Fact]
    public async Task What_the_handler_leaves_for_later_is_decided_after_the_others()
    {
        var left = new HashSet<string>();
        _leaves = message => message is "b" or "d" && left.Add(message);
        await Decide(["a", "b", "c", "d"], _ => null);
        Assert.Equal(["a", "c", "b", "d"], _decided);
    }

    [Fact]
    public async Task What_was_left_and_cannot_be_borne_is_buried_and_nobody_is_decided_twice()
    {
        var left = new HashSet<string>();
        _leaves = message => message is "b" or "bad" && left.Add(message);
        await Decide(["a", "b", "bad", "c"], batch => batch.Contains("bad") && left.Contains("bad") ? new InvalidOperationException() : null);
        Assert.Equal(["a", "c", "b"], _decided);
        Assert.Equal("bad", Assert.Single(_buried).Message);
    }

    [Fact]
    public async Task A_message_that_cannot_even_be_given_up_as_it_is_is_given_up_without_what_stands_beside_its_body()
    {
        _unburiable = "bad";
        await Decide(["a", "bad", "b"], batch => batch.Contains("bad") ? new InvalidOperationException() : null);
        Assert.Equal(["a", "b"], _decided);
        Assert.Null(Assert.Single(_buried).Message);
    }

    [Fact]
    public async Task Once_the_channel_is_gone_the_failure_goes_up() =>
        await Assert.ThrowsAsync<TimeoutException>(() => Decide(["a"], _ => new TimeoutException(), isOver: true));

    private Task Decide(string[] messages, Func<IReadOnlyList<string>, Exception?> fails, bool isOver = false, int attempts = 3) =>
        new BatchAttempt("queue", new Handler(this, fails), attempts, null!, new StandStills(TimeProvider.System), TimeProvider.System, NullLogger.Instance).DecideAsync(
            [.. messages.Select(message => new Delivery { Tag = 1, Queue = "queue", Exchange = "", MessageId = message, Body = default })], () => isOver, TestContext.Current.CancellationToken);

    private sealed class Handler(BatchAttemptTests test, Func<IReadOnlyList<string>, Exception?> fails) : IHandleBatches
    {
        public Task<IReadOnlyList<Delivery>> HandleAsync(IReadOnlyList<Delivery> batch, CancellationToken cancellation)
        {
            var messages = batch.Select(delivery => delivery.MessageId!).ToList();
            if (fails(messages) is { } failure) throw failure;
            var left = batch.Where(delivery => test._leaves(delivery.MessageId!)).ToList();
            test._decided.AddRange(messages.Except(left.Select(delivery => delivery.MessageId!)));
            return Task.FromResult<IReadOnlyList<Delivery>>(left);
        }

        public Task BuryAsync(Delivery delivery, Refusal refusal, CancellationToken cancellation)
        {
            if (test._unburiable is { } unburiable && delivery.MessageId == unburiable) throw new InvalidOperationException("cannot be kept");
            test._buried.Add((delivery.MessageId, refusal));
            return Task.CompletedTask;
        }
    }
}
