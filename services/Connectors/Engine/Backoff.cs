namespace Pipeline.Connectors.Engine;

/// <summary>How long to wait after a failure: doubling from a second to five minutes, and a part of it by chance, so that feeds do not return together.</summary>
public static class Backoff
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <param name="failures">In a row, from 1.</param>
    /// <param name="chance">From 0 to 1.</param>
    public static TimeSpan After(int failures, double chance)
    {
        var whole = TimeSpan.FromSeconds(Math.Pow(2, Math.Clamp(failures - 1, 0, 30)));
        if (whole > Longest) whole = Longest;
        return whole * (0.75 + 0.25 * chance);
    }
}
