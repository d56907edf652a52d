namespace Pipeline.DeadLetters.Bulk;

/// <summary>
/// A replay that begins with 1 letter, then 10, then 100 and so on, and each time waits for what becomes of them: a repair that does
/// not help is found out with one letter and not with all. Pure.
/// </summary>
public static class Ramp
{
    /// <summary>So many letters that have been decided say something of the rest.</summary>
    private const int Enough = 10;

    /// <summary>How many more may be sent now.</summary>
    /// <param name="undecided">Letters that are sent and of which nothing is known yet.</param>
    public static long MaySend(bool ramped, long sent, long undecided)
    {
        if (!ramped) return long.MaxValue;
        var (stage, end) = (1L, 1L);
        while (end < sent) end += stage *= 10;
        if (end > sent) return end - sent;
        return undecided > 0 ? 0 : stage * 10;
    }

    /// <summary>Whether so many have died again that the rest is better left alone.</summary>
    /// <param name="decided">Letters of which it is known what became of them.</param>
    /// <param name="stopAt">The share of failures that is borne, 0 to 1.</param>
    public static bool IsFailing(bool ramped, long sent, long undecided, long decided, long failed, double stopAt) =>
        decided > 0 && failed > decided * stopAt && (decided >= Enough || (undecided == 0 && (ramped || decided == sent)));
}
