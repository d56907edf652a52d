using System.Globalization;
using System.Text;
using CsCheck;
using Pipeline.Contracts;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.Planning;
using Pipeline.Hosting.Ledger;

namespace Pipeline.Properties.Tests.Gatekeeper;

/// <summary>Law 5 for children, admissions and bindings: any order and any repetition end in the same state, and the ledger balances throughout.</summary>
public sealed class AnyOrder
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Two objects, three versions, two accounts, claims by account or by a parent that is bound to one of them.</summary>
    private static readonly Gen<Event> Events = Gen.OneOf(
        Gen.Select(Gen.Int[1, 2], Gen.Int[1, 3], Any("\"account_id\":\"A\"", "\"account_id\":\"B\"", "\"parent_id\":\"p\"", "\"parent_id\":\"q\"", "\"account_id\":1.5"))
            .Select(child => (Event)new Event.Arrives(child.Item1, child.Item2, child.Item3)),
        Any("A", "B").Select(account => (Event)new Event.Admitted(account)),
        Any(("p", "A"), ("q", "B")).Select(binding => (Event)new Event.Bound(binding.Item1, binding.Item2)));

    private static Gen<T> Any<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    [Fact]
    public void A_history_ends_the_same_in_any_order_and_with_any_repeats() =>
        Gen.Select(Events.Array[0, 8], Gen.Int).Sample(
            (history, seed) =>
            {
                var inOrder = Play(history);
                var shuffled = history.Concat(history.Where((_, index) => (seed >> (index % 31) & 1) == 1)).ToArray();
                new Random(seed).Shuffle(shuffled);
                Assert.Equal(inOrder, Play(shuffled));
            },
            iter: 20_000);

    private static string Play(IEnumerable<Event> history)
    {
        var world = new SmallWorld();
        foreach (var happening in history) world.Happen(happening);
        return world.Describe();
    }

    public abstract record Event
    {
        public sealed record Arrives(int NativeId, int Version, string Claim) : Event;

        public sealed record Admitted(string Account) : Event;

        public sealed record Bound(string Parent, string Account) : Event;
    }

    /// <summary>The gate and the histories with memory in place of tables; after each answer everything that waits is looked at again.</summary>
    private sealed class SmallWorld
    {
        private readonly Knowledge _knowledge = new(Start, expiring: false);
        private LedgerEntry _sum;

        public void Happen(Event happening)
        {
            switch (happening)
            {
                case Event.Arrives arrives:
                    Add(plan => plan.Arrive(Child(arrives)));
                    break;
                case Event.Admitted admitted:
                    _knowledge.Answers.Stand(ClaimKey.Of(AccountId.Of(admitted.Account)).Id, Standing.Admitted);
                    LookAgain();
                    break;
                case Event.Bound bound:
                    _knowledge.Answers.Bind(ClaimKey.Parent("desk", bound.Parent).Id, AccountId.Of(bound.Account));
                    LookAgain();
                    break;
            }
        }

        public string Describe() => string.Join("; ", _knowledge.Histories.OrderBy(history => history.ObjectKey).Select(history =>
            $"{history.Accepted?.Version} {history.Accepted?.Decision?.Account} | {string.Join(",", history.NewlyParked.Select(parked => $"{parked.Version} for {parked.Wait!.WaitsFor}").Order())} | {string.Join(",", history.Buried.Keys.Order())}"));

        private void LookAgain()
        {
            var waiting = _knowledge.Histories.SelectMany(history => history.NewlyParked).ToList();
            foreach (var parked in waiting)
                Add(plan => plan.Reconsider(new ParkedRow(parked.Child!, parked.Wait!.WaitsFor.Id, new ParkedSince(Start, Start.AddDays(1)))));
        }

        private void Add(Action<Plan> act)
        {
            var plan = new Plan(_knowledge);
            act(plan);
            _sum = plan.Ledger.Aggregate(_sum, (sum, entry) => sum + entry);
            Assert.True(_sum.Balances, _sum.ToString());
            Assert.Equal(_knowledge.Histories.Sum(history => history.NewlyParked.Count()), _sum.Parked);
            Assert.Equal(_knowledge.Histories.Sum(history => history.Buried.Count), _sum.DeadLettered);
        }

        private static Child Child(Event.Arrives arrives)
        {
            var body = $$"""{"source":"desk","object_type":"t","native_id":"{{arrives.NativeId}}","observed_at":"{{Start.AddMinutes(arrives.Version).ToString("O", CultureInfo.InvariantCulture)}}",{{arrives.Claim}}}""";
            return Pipeline.Gatekeeper.Deciding.Child.Read(Encoding.UTF8.GetBytes(body), null, null, Pipeline.Gatekeeper.Events.UsageEvents.Default).Message!;
        }
    }
}
