using System.Globalization;
using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.Truth;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Jira;

/// <summary>Where an issue says whose it is.</summary>
public enum JiraOwner
{
    Nowhere,

    /// <summary>A text field.</summary>
    Text,

    /// <summary>A list to choose from.</summary>
    List,

    /// <summary>A number field, which Jira writes with a fraction: not an account_id.</summary>
    Number,
}

/// <summary>An issue, before it is written as a row.</summary>
public sealed record JiraIssue(int Index, Customer Customer, JiraOwner Owner)
{
    public const string TextField = "customfield_10042";
    public const string ListField = "customfield_10043";
    public const string NumberField = "customfield_10044";

    private static readonly string[] Priorities = ["Highest", "High", "Medium", "Low"];
    private static readonly string[] Summaries = ["Sync hangs", "Wrong VAT on invoice", "Login loop", "Größe wird falsch angezeigt", "Export is empty"];

    public string Id => $"{10_001 + Index}";

    public static JiraIssue Of(int index, Customer customer) => new(index, customer, index switch
    {
        _ when index % 45 == 20 || customer.AccountId is null => JiraOwner.Nowhere,
        _ when index % 80 == 33 => JiraOwner.Number,
        _ when index % 5 == 1 => JiraOwner.List,
        _ => JiraOwner.Text,
    });

    /// <summary>The issue as it was when it was deleted: a search does not find it any more.</summary>
    public StampedRow Deleted(DateTimeOffset stamp, Random random)
    {
        var row = Row(stamp, "Open", random);
        return row with { Late = true, Gone = true, End = row.End! with { Deleted = true } };
    }

    public StampedRow Row(DateTimeOffset stamp, string status, Random random)
    {
        var (project, summary) = (Index % 4 == 0 ? "BILL" : "SUP", Summaries[random.Next(Summaries.Length)]);
        return new(Id, stamp, Answer.Row(new
        {
            expand = "renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations",
            id = Id,
            self = $"https://nordlicht.atlassian.example/rest/api/3/issue/{Id}",
            key = $"{project}-{Index + 1}",
            fields = new Dictionary<string, object?>
            {
                ["summary"] = summary,
                ["issuetype"] = new { id = "10001", name = "Bug", subtask = false, hierarchyLevel = 0 },
                ["project"] = new { id = project == "SUP" ? "10000" : "10001", key = project, name = project, projectTypeKey = "software", simplified = false },
                ["status"] = new { name = status, id = "1", statusCategory = new { id = 2, key = "new", name = "To Do" } },
                ["priority"] = new { name = Priorities[random.Next(Priorities.Length)], id = "3" },
                ["reporter"] = new { accountId = "5b10a2844c20165700ede21g", accountType = "atlassian", displayName = "Mia Kleist", active = true, timeZone = "Europe/Berlin" },
                ["assignee"] = null,
                ["labels"] = Array.Empty<string>(),
                ["description"] = new { type = "doc", version = 1, content = new[] { new { type = "paragraph", content = new[] { new { type = "text", text = summary } } } } },
                ["created"] = Time(stamp.AddDays(-2)),
                ["updated"] = Time(stamp),
                [TextField] = Owner == JiraOwner.Text ? Customer.AccountId : null,
                [ListField] = Owner == JiraOwner.List ? new { self = "https://nordlicht.atlassian.example/rest/api/3/customFieldOption/10020", value = Customer.AccountId, id = "10020" } : null,
                [NumberField] = Owner == JiraOwner.Number ? 70001.0m : null,
            },
        }), End());
    }

    private ChildTruth End() => Owner switch
    {
        JiraOwner.Nowhere => new("jira", "issue", Id, ChildTruth.DeadLettered, "account_id_missing"),
        JiraOwner.Number => new("jira", "issue", Id, ChildTruth.DeadLettered, "account_id_not_text"),
        _ => Customer.End("jira", "issue", Id),
    };

    /// <summary>Milliseconds, and an offset without a colon.</summary>
    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture) + "+0000";
}
