using Pipeline.Contracts.Spelling;

namespace Pipeline.SystemOfRecord.Advisor;

/// <summary>
/// Values that another one differs from by one letter: left out, put in or changed. Digits do not count, for numbers that follow each other
/// differ by one. Found by leaving each letter out in turn, which is linear in the values. Pure.
/// </summary>
internal static class Typos
{
    /// <summary>A shorter text has neighbours without any slip.</summary>
    private const int Shortest = 5;

    public static long Count(IEnumerable<string> values)
    {
        var whole = values.Select(Fold.Of).Where(value => value.Length >= Shortest).ToHashSet(StringComparer.Ordinal);
        var gaps = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var value in whole)
            foreach (var gap in Gaps(value))
            {
                if (!gaps.TryGetValue(gap, out var those)) gaps[gap] = those = new(StringComparer.Ordinal);
                those.Add(value);
            }

        var near = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (gap, those) in gaps)
        {
            if (those.Count > 1) near.UnionWith(those);
            var shorter = gap.Replace(Gap, "", StringComparison.Ordinal);
            if (whole.Contains(shorter)) near.UnionWith(those.Append(shorter));
        }

        return near.Count;
    }

    private const string Gap = "\0";

    /// <summary>The value with one letter left out, and a mark where it was: two values that differ in that letter alone meet there.</summary>
    private static IEnumerable<string> Gaps(string value)
    {
        for (var index = 0; index < value.Length; index++)
            if (char.IsLetter(value[index])) yield return string.Concat(value.AsSpan(0, index), Gap, value.AsSpan(index + 1));
    }
}
