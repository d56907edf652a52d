using CsCheck;
using Pipeline.Connectors.Engine.Http;

namespace Pipeline.Properties.Tests.Connectors;

public sealed class RationProperties
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<Budget> Budgets = Gen.Select(Gen.Long[0, 100_000], Gen.Long[1, 100_000].Nullable(), Gen.Double[-100, 200_000].Nullable(), Gen.Double[1, 100_000],
        (remaining, limit, reset, window) => new Budget(remaining, limit, reset is { } seconds ? Now.AddSeconds(seconds) : null) { Window = TimeSpan.FromSeconds(window) });

    private static readonly Gen<int> Reserves = Gen.Int[0, 90];

    [Fact]
    public void A_spacing_is_never_longer_than_the_time_until_the_reset_nor_than_an_hour() => Gen.Select(Budgets, Reserves).Sample((budget, reserve) =>
        Ration.Of([budget], reserve, Now) is not { } ration
        || (ration.Spacing <= ToGo(budget) && ration.Spacing <= Ration.Longest
            && ration.Until > Now && ration.Until <= Now + ToGo(budget)), iter: 20_000);

    [Fact]
    public void While_more_than_the_reserve_and_a_tenth_are_left_nothing_waits() => Gen.Select(Budgets, Reserves).Sample((budget, reserve) =>
        budget.Limit is not { } limit || budget.Remaining <= Math.Ceiling(limit * reserve / 100m) + Math.Ceiling(limit / 10m) || Ration.Of([budget], reserve, Now) is null, iter: 20_000);

    [Fact]
    public void When_the_reserve_is_reached_the_reset_is_waited_for() => Gen.Select(Budgets, Reserves).Sample((budget, reserve) =>
        budget.Limit is not { } limit || budget.Remaining > limit * reserve / 100m || ToGo(budget) <= TimeSpan.Zero
        || Ration.Of([budget], reserve, Now)!.Spacing == Least(ToGo(budget), Ration.Longest), iter: 20_000);

    [Fact]
    public void Less_that_is_left_never_means_a_shorter_wait() => Gen.Select(Budgets, Reserves, Gen.Long[0, 1_000]).Sample((budget, reserve, less) =>
        Spacing(budget with { Remaining = Math.Max(0, budget.Remaining - less) }, reserve) >= Spacing(budget, reserve), iter: 20_000);

    [Fact]
    public void The_scarcest_budget_decides() => Gen.Select(Budgets, Budgets, Reserves).Sample((one, other, reserve) =>
        (Ration.Of([one, other], reserve, Now)?.Spacing ?? TimeSpan.Zero) == new[] { Spacing(one, reserve), Spacing(other, reserve) }.Max(), iter: 20_000);

    /// <summary>Whoever asks as fast as the rule lets him, and the first time at once, leaves the reserve to the others.</summary>
    [Fact]
    public void A_window_that_began_full_ends_with_the_reserve_untouched() => Gen.Select(Gen.Long[1, 400], Reserves, Gen.Double[1, 3_000]).Sample((limit, reserve, seconds) =>
    {
        var (now, reset, remaining) = (Now, Now.AddSeconds(seconds), limit);
        var kept = (long)Math.Ceiling(limit * (decimal)reserve / 100);
        while (now < reset && remaining > 0)
        {
            remaining--;
            now += Ration.Of([new Budget(remaining, limit, reset)], reserve, now)?.Spacing ?? TimeSpan.Zero;
        }

        return remaining >= Math.Min(kept, limit - 1); // the first request must be made to learn what is left
    }, iter: 2_000);

    private static TimeSpan ToGo(Budget budget) => budget.ResetsAt is { } reset ? reset - Now : budget.Window;

    private static TimeSpan Spacing(Budget budget, int reserve) => Ration.Of([budget], reserve, Now)?.Spacing ?? TimeSpan.Zero;

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
