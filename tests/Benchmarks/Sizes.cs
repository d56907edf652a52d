namespace Pipeline.Benchmarks;

/// <summary>How much is done: what the questions need, or a tenth of it and less.</summary>
internal sealed record Sizes(bool Small)
{
    /// <summary>Full size in the first place, small in the second.</summary>
    public int Of(int full, int small) => Small ? small : full;

    public TimeSpan Of(TimeSpan full, TimeSpan small) => Small ? small : full;
}
