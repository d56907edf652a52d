using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Jira;

/// <summary>
/// Issues of two projects, in the order of their changes. Late ones are new, have changed, are found late by the search
/// although their stamp is older than the newest, or are deleted, which only a webhook tells.
/// </summary>
public static class JiraIssues
{
    private const int Customers = 100;
    private const int Early = 320;
    private const int New = 10;
    private const int Changed = 8;
    private const int Deleted = 3;

    /// <summary>Their stamps are within two minutes of the newest early one: the overlap that a careful reader keeps.</summary>
    private static readonly Range FoundLate = (Early - 7)..(Early - 3);

    private static readonly string[] Statuses = ["In Progress", "Done"];

    public static IEnumerable<StampedRow> Rows(AccountWorld world)
    {
        var random = Chance.Of(world.Seed, "jira issues");
        var share = new Share<Customer>(World.Customers.Of(world, "jira", Customers), random);
        var stamp = new DateTimeOffset(2025, 7, 1, 8, 0, 10, TimeSpan.Zero);
        var issues = Enumerable.Range(0, Early + New).Select(index => JiraIssue.Of(index, share.Next(index))).ToArray();
        foreach (var issue in issues)
        {
            stamp = Next(stamp, issue.Index, random);
            yield return issue.Row(stamp, "Open", random) with { Late = issue.Index >= Early || IsFoundLate(issue.Index) };
        }

        var owned = issues.Where(issue => issue.Owner is JiraOwner.Text or JiraOwner.List).ToArray();
        foreach (var issue in owned.Skip(Changed).Take(Deleted)) yield return issue.Deleted(stamp = stamp.AddSeconds(5), random);
        foreach (var (index, issue) in owned.Take(Changed).Index())
            yield return issue.Row(stamp = stamp.AddSeconds(index % 2 * 70), Statuses[index % 2], random) with { Late = true };
    }

    /// <summary>Issues of one millisecond, and of one minute, across the ends of pages of 25, 50, ... issues.</summary>
    private static DateTimeOffset Next(DateTimeOffset stamp, int index, Random random) => index switch
    {
        > Early - 8 => stamp.AddSeconds(15),
        > 0 when index % 25 is > 22 or < 3 => stamp.AddSeconds(index % 2),
        _ => stamp.AddMilliseconds(random.Next(60_000, 40_000_000)),
    };

    private static bool IsFoundLate(int index) => index >= FoundLate.Start.Value && index < FoundLate.End.Value;
}
