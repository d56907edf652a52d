using System.Text.RegularExpressions;
using Pipeline.Architecture.Tests.Approvals;

namespace Pipeline.Architecture.Tests;

/// <summary>What must not be read in the repository, and where it may be for a reason.</summary>
public sealed partial class Words
{
    /// <summary>The systems that have, or will have, a folder of their own.</summary>
    private static readonly Place[] VendorsMayBeNamed =
    [
        new("services/Connectors/Systems/", "A system's own folder."),
        new("tests/Architecture/Words.cs", "The list itself."),
        new("tests/Conformance/", "The fixtures of each system, and the tests that read them."),
        new("tests/VendorSimulator/", "It plays the vendors."),
        new("tests/Unit/VendorSimulator/", "What it plays, one by one."),
        new("tests/Unit/Connectors/", "Settings as users write them, and shapes of single systems."),
        new("tests/TestKit/", "It starts the simulator."),
        new("tests/Integration/", "Whole journeys of the demo, from the simulator to the view."),
        new("tests/EndToEnd/", "The demo, seen in a browser."),
        new("tests/Faults/", "The demo, with parts of it killed."),
    ];

    private static readonly string Unfinished = string.Concat("TO", "DO");

    private static readonly Place[] UnfinishedMayBeNamed = [new(".editorconfig", "It names the rule that bans them.")];

    /// <summary>The machine that this was written on, and a list of addresses that a lock file would pin to one registry.</summary>
    private static readonly string[] Private = [string.Concat("sha", "red/"), string.Concat("/wo", "rk/"), string.Concat("\"resol", "ved\": \"http")];

    private static readonly Place[] PrivateMayBeNamed = [new(".ci/run", "The machine of the checks keeps its tools there.")];

    [Fact]
    public void Only_its_own_folder_and_the_demo_know_a_vendor() => Found.Nothing(
        Lines(file => file.EndsWith(".cs", StringComparison.Ordinal) && (file.StartsWith("services/", StringComparison.Ordinal) || file.StartsWith("tests/", StringComparison.Ordinal)), VendorsMayBeNamed)
            .Where(line => Vendor.IsMatch(line.Text)).Select(line => line.ToString()));

    [Fact]
    public void Nothing_is_left_to_be_done_in_a_comment() =>
        Found.Nothing(Lines(_ => true, UnfinishedMayBeNamed).Where(line => Regex.IsMatch(line.Text, $@"\b{Unfinished}\b", RegexOptions.None, TimeSpan.FromSeconds(1))).Select(line => line.ToString()));

    [Fact]
    public void Nothing_names_a_place_that_only_one_machine_has() => Found.Nothing(
        Lines(_ => true, PrivateMayBeNamed).Where(line => Private.Any(word => Holds(line.Text, word))).Select(line => line.ToString()));

    [Theory]
    [InlineData("new ZendeskClient()")]
    [InlineData("\"salesforce\"")]
    [InlineData("// as Stripe does")]
    public void Vendors_are_seen(string line) => Assert.Matches(Vendor, line);

    [Theory]
    [InlineData("striped locks")]
    [InlineData("the intercompany account")]
    public void Common_words_are_not_vendors(string line) => Assert.DoesNotMatch(Vendor, line);

    /// <summary>The word at the start of a path or a name, not the end of a longer one.</summary>
    private static bool Holds(string text, string word)
    {
        var at = text.IndexOf(word, StringComparison.Ordinal);
        return at == 0 || (at > 0 && !char.IsLetterOrDigit(text[at - 1]));
    }

    private static IEnumerable<Line> Lines(Func<string, bool> isMeant, Place[] except) =>
        from file in Repository.Files
        where isMeant(file) && !except.Any(place => file.StartsWith(place.Path, StringComparison.Ordinal))
        from line in File.ReadLines(Repository.PathOf(file)).Select((text, index) => new Line(file, index + 1, text))
        select line;

    [GeneratedRegex("salesforce|freshsales|capsule|freshdesk|zendesk|jira|recurly|chargebee|chargify|stripe(?!d|s\\b)|xero|intercom(?!p)|delighted|zuora", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Vendor { get; }

    private sealed record Place(string Path, string Reason);

    private sealed record Line(string File, int Number, string Text)
    {
        public override string ToString() => $"{File}:{Number}: {Text.Trim()}";
    }
}
