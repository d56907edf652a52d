namespace Pipeline.Connectors.Engine.Http;

/// <summary>How the little that is left of a limit is spread, so that the limit is not met. Pure.</summary>
/// <param name="Spacing">From one request to the system to the next; never longer than until <paramref name="Until"/>.</param>
/// <param name="Until">When the limit is full again, or is to be looked at again.</param>
public sealed record Ration(TimeSpan Spacing, DateTimeOffset Until)
{
    /// <summary>A system that tells of a later reset is asked again after this time: the limit may have been raised, or the time be wrong.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>What counts as plenty, beyond the reserve: a tenth of the limit, or this many requests where the limit is not known.</summary>
    private const int PlentyShare = 10;

    /// <summary>The scarcest of these budgets; null where each has plenty left.</summary>
    /// <param name="reserve">Percent of a known limit that is left to other users of the same key, from 0 to 90.</param>
    public static Ration? Of(IReadOnlyList<Budget> budgets, int reserve, DateTimeOffset now) =>
        budgets.Select(budget => Of(budget, reserve, now)).Where(ration => ration is not null).MaxBy(ration => ration!.Spacing);

    private static Ration? Of(Budget budget, int reserve, DateTimeOffset now)
    {
        var toGo = budget.ResetsAt is { } reset ? reset - now : budget.Window;
        if (toGo <= TimeSpan.Zero) return null;
        var kept = budget.Limit is { } limit ? Share(limit, reserve) : 0;
        var plenty = budget.Limit is { } whole ? Share(whole, PlentyShare) : PlentyShare;
        var spendable = budget.Remaining - kept;
        if (spendable > plenty) return null;
        var spacing = toGo / Math.Max(1, spendable);
        return new Ration(spacing < Longest ? spacing : Longest, now + (toGo < Longest ? toGo : Longest));
    }

    /// <summary>Rounded up: of a small limit, at least one.</summary>
    private static long Share(long limit, int percent) => (long)Math.Ceiling(limit * (decimal)percent / 100);
}
