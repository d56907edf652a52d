namespace Pipeline.VendorSimulator.World.Billing;

/// <summary>The place of a row in a list that is ordered by a stamp, and by the number where stamps are equal.</summary>
public sealed record BillingPlace(DateTimeOffset Stamp, int Number)
{
    private static readonly Comparer<BillingPlace> Rising = Comparer<BillingPlace>.Create((left, right) =>
        left.Stamp == right.Stamp ? left.Number.CompareTo(right.Number) : left.Stamp.CompareTo(right.Stamp));

    private static readonly Comparer<BillingPlace> Falling = Comparer<BillingPlace>.Create((left, right) => Rising.Compare(right, left));

    /// <summary>One page behind a place, and the place that the next one is behind; null at the end.</summary>
    /// <param name="stamp">What the list is ordered by.</param>
    /// <param name="after">Null for the first page.</param>
    public static (IReadOnlyList<BillingRow> Page, BillingPlace? Next) Page(
        IEnumerable<BillingRow> rows, Func<BillingRow, DateTimeOffset> stamp, bool descending, BillingPlace? after, int size)
    {
        var order = descending ? Falling : Rising;
        var found = rows.Select(row => (Row: row, Place: new BillingPlace(stamp(row), row.Number)))
            .OrderBy(row => row.Place, order)
            .Where(row => after is null || order.Compare(row.Place, after) > 0)
            .Take(size + 1)
            .ToArray();
        return ([.. found.Take(size).Select(row => row.Row)], found.Length > size ? found[size - 1].Place : null);
    }
}
