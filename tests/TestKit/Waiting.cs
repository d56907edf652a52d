using System.Diagnostics;
using System.Globalization;

namespace Pipeline.TestKit;

/// <summary>Assertions about what is true soon, not at once. For <c>using static</c>.</summary>
public static class Waiting
{
    /// <summary>What a test may wait for where it says nothing else.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    /// <summary>Looks again until the condition holds; else fails, and says what it waited for and what it saw last.</summary>
    /// <param name="what">The sentence that shall become true.</param>
    /// <param name="look">Reads the present state. What it throws counts as not yet.</param>
    /// <param name="timeout">Default: <see cref="Patience"/>.</param>
    /// <returns>What was seen when it held.</returns>
    public static async Task<T> Eventually<T>(string what, Func<Task<T>> look, Func<T, bool> condition, TimeSpan? timeout = null)
    {
        var since = Stopwatch.StartNew();
        for (var looks = 1; ; looks++)
        {
            var (seen, held, words) = await Look(look, condition);
            if (held) return seen!;
            if (since.Elapsed >= (timeout ?? Patience))
                Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"Waited {since.Elapsed.TotalSeconds:0.0} s for: {what}. Seen last, at look {looks}: {words}"));
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(10 * looks, 200)), TimeProvider.System);
        }
    }

    /// <inheritdoc cref="Eventually{T}(string, Func{Task{T}}, Func{T, bool}, TimeSpan?)"/>
    public static Task Eventually(string what, Func<Task<bool>> condition, TimeSpan? timeout = null) =>
        Eventually(what, condition, held => held, timeout);

    private static async Task<(T? Seen, bool Held, string Words)> Look<T>(Func<Task<T>> look, Func<T, bool> condition)
    {
        try
        {
            var seen = await look();
            return (seen, condition(seen), Words(seen));
        }
        catch (Exception notYet) when (notYet is not OutOfMemoryException)
        {
            return (default, false, $"{notYet.GetType().Name}: {notYet.Message}");
        }
    }

    /// <summary>What was seen, for a person: of a list its length and its first items.</summary>
    private static string Words<T>(T seen)
    {
        if (seen is not System.Collections.IEnumerable list || seen is string) return $"{seen}";
        var items = list.Cast<object>().ToList();
        return $"{items.Count} items: {string.Join(", ", items.Take(20))}{(items.Count > 20 ? ", ..." : "")}";
    }
}
