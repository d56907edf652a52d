namespace Pipeline.Cli.Commands;

/// <summary>Which names a mistyped one may have meant. Pure.</summary>
public static class Nearest
{
    /// <summary>The names, the nearest first; names as near in the order of the alphabet.</summary>
    public static IReadOnlyList<string> First(string given, IEnumerable<string> names) =>
        [.. names.OrderBy(name => Distance(given.ToLowerInvariant(), name.ToLowerInvariant())).ThenBy(name => name, StringComparer.Ordinal)];

    /// <summary>How many letters must be added, removed or changed (Levenshtein).</summary>
    public static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var changed = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
