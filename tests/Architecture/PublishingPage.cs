using System.Text;
using System.Text.RegularExpressions;
using Pipeline.Architecture.Tests.Approvals;
using Pipeline.Contracts;
using Pipeline.Contracts.Reading;

namespace Pipeline.Architecture.Tests;

public sealed partial class PublishingPage
{
    private const string Page = "docs/publish.md";

    [Fact]
    public void It_shows_each_example_file_as_it_is()
    {
        var page = Repository.Read(Page);
        var shown = new List<string>();

        var fresh = Shown.Replace(page, block =>
        {
            shown.Add(block.Groups["file"].Value);
            return $"{block.Groups["head"].Value}{Repository.Read($"docs/{block.Groups["file"].Value}")}```";
        });

        Approved.Is(Page, fresh);
        Assert.Equal(
            ["examples/account-discovered.json", "examples/child-object-received.json", "examples/publish.mjs", "examples/publish.py", "examples/usage-event-received.json", "examples/user-mapped.json"],
            shown.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Its_example_messages_are_read()
    {
        Assert.Null(MessageReader.AccountDiscovered(Example(Exchanges.AccountDiscovered)).Refusal?.Sentence);
        Assert.Null(MessageReader.ChildObjectReceived(Example(Exchanges.ChildObjectReceived)).Refusal?.Sentence);
        Assert.Null(MessageReader.ChildObjectReceived(Example(Exchanges.UsageEventReceived)).Refusal?.Sentence);
        Assert.Null(MessageReader.UserMapped(Example(Exchanges.UserMapped)).Refusal?.Sentence);
    }

    [Fact]
    public void Its_reasons_and_exchanges_exist()
    {
        var page = Repository.Read(Page);

        var codes = ReasonRow.Matches(page[page.IndexOf("| reason |", StringComparison.Ordinal)..]).Select(row => row.Groups["code"].Value).ToList();

        Assert.Equal(6, codes.Count);
        Assert.All(codes, code => Assert.NotNull(Reason.Find(code)));
        Assert.All(Exchanges.All, exchange => Assert.Contains($"`{exchange}`", page));
    }

    [Fact]
    public void It_states_the_limits_that_hold() =>
        Assert.Contains($"at most {Body.MaximumSize / 1024 / 1024} MiB, at most {Body.MaximumDepth} levels", Repository.Read(Page));

    private static ReadOnlyMemory<byte> Example(string exchange) => Encoding.UTF8.GetBytes(Repository.Read($"docs/examples/{exchange}.json"));

    [GeneratedRegex(@"(?<head>\[examples/[^\]]+\]\((?<file>examples/[^)]+)\)\n\n```[a-z]+\n).*?```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shown { get; }

    [GeneratedRegex("^\\| `(?<code>[a-z_]+)` \\|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ReasonRow { get; }
}
