using System.Text.RegularExpressions;
using Pipeline.Contracts.Operations;
using Pipeline.DeadLetters.Bulk;
using Pipeline.DeadLetters.Search;

namespace Pipeline.DeadLetters.Release;

/// <summary>A release rule that has been read and can be carried out. Pure.</summary>
public sealed partial record ReleaseRule(string Name, string Query, Criterion Criterion, long MostADay, double Pace, string Author, string Reason)
{
    private const long DefaultMost = 1000;
    private const long MostOfAll = 1_000_000;

    /// <summary>The letters that a rule is for: those that are open and have had an answer since anything was last done with them.</summary>
    /// <param name="criterion">What its query asks.</param>
    public static Criterion Meaning(Criterion criterion) => new Criterion.All([criterion, new Criterion.Answered(), new Criterion.Is(SearchField.State, "open")]);

    /// <returns>The rule, or what is wrong with it and what to write.</returns>
    public static (ReleaseRule? Rule, string? Mistake) Of(ReleaseRuleOrder order)
    {
        if (order.Name is null || !NameForm().IsMatch(order.Name)) return Wrong("A rule needs a name of 1 to 60 small letters, digits and hyphens, as in late-desk-accounts.");
        if (string.IsNullOrWhiteSpace(order.Author)) return Wrong("It says not who makes it: give an author.");
        if (string.IsNullOrWhiteSpace(order.Reason)) return Wrong("It says not why: give a reason. Others will read it.");
        if (order.MostADay is { } most && most is not (>= 1 and <= MostOfAll)) return Wrong($"most_a_day is 1 to {MostOfAll} letters.");
        if (order.Query is null) return Wrong("It says not which letters: describe them by a query. An empty query is all that have an answer.");
        var (criterion, mistake) = SearchReader.Read(order.Query);
        if (criterion is null) return Wrong(mistake!);
        if (criterion.Asks(SearchField.State)) return Wrong("A rule replays open letters only: leave 'state' out of its query.");
        var replay = new OperationOrder { Kind = Order.Replay, Query = order.Query, Author = order.Author, Reason = order.Reason, Pace = order.Pace };
        return Order.Of(replay, sources: null) is { Mistake: { } flaw } ? Wrong(flaw)
            : (new ReleaseRule(order.Name, order.Query.Trim(), criterion, order.MostADay ?? DefaultMost, order.Pace ?? Order.DefaultPace, order.Author.Trim(), order.Reason.Trim()), null);
    }

    /// <summary>What it orders now.</summary>
    /// <param name="room">How many letters it may still replay.</param>
    public Order Ordered(long room) => new()
    {
        Kind = Order.Replay,
        Criterion = Meaning(Criterion),
        Query = $"answer:*{(Query.Length > 0 ? $" ({Query})" : "")}",
        Most = room,
        Author = Author,
        Reason = $"by the rule {Name}: {Reason}",
        Pace = Pace,
        Ramp = true,
        StopAt = Order.DefaultStopAt,
    };

    private static (ReleaseRule?, string?) Wrong(string mistake) => (null, mistake);

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,59}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NameForm();
}
