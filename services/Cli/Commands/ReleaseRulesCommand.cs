using System.CommandLine;
using System.Text.Json;
using Pipeline.Cli.Screens;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;

namespace Pipeline.Cli.Commands;

/// <summary>The rules by which dead letters are replayed once their account is there, without anybody asking.</summary>
internal static class ReleaseRulesCommand
{
    private const string Example = "pipeline release-rules add late-desk-accounts --query 'source:desk' --most 500 --reason 'desk is a day ahead of the CRM'";

    public static ExampledCommand Of(Terminal terminal) => new("release-rules", "Rules by which dead letters are replayed once their account has appeared.", "pipeline release-rules list", Example)
    {
        new ExampledCommand("list", "The rules, and what each has done within a day.", "pipeline release-rules list", "pipeline release-rules list --json | jq '.[] | select(.state == \"off\")'")
            .Asking(terminal, _ => "release-rules", PipelineJson.Report.IReadOnlyListReleaseRuleLine, ReleaseRulesScreen.Of),
        Add(terminal),
        Switch(terminal, "on", "Lets a rule work again. A rule is switched off by the office itself where too many of its letters died again."),
        Switch(terminal, "off", "Lets a rule do nothing more. What it has begun goes on: `pipeline operations cancel` ends that."),
    };

    private static ExampledCommand Add(Terminal terminal)
    {
        var name = new Argument<string>("NAME") { Description = "What it is called: small letters, digits, hyphens." };
        var query = new Option<string>("--query") { Description = "For which letters only, in the words of `dead-letters list`; all that have an account now where it is left out.", DefaultValueFactory = _ => "" };
        var most = new Option<long?>("--most") { Description = "Letters that it may replay within 24 hours, 1 to 1000000; 1000 where it is left out. The rest is held and shown." };
        var pace = new Option<double?>("--pace") { Description = "Messages a second, 0.1 to 5000; 200 where it is left out." };
        var (author, reason) = (Signed.Author(terminal), Signed.Reason());
        var command = new ExampledCommand(
            "add", "Replays what it is for, from now on, as soon as its account is there: 1 letter first, then 10, then 100. To see what it would do now: pipeline dead-letters list 'answer:*'.", Example) { name, query, most, pace, author, reason };
        command.SetAction((asked, cancellation) => Query.OrderAsync(
            terminal, "release-rules",
            JsonSerializer.SerializeToUtf8Bytes(
                new ReleaseRuleOrder
                {
                    Name = asked.GetRequiredValue(name), Query = asked.GetRequiredValue(query), MostADay = asked.GetValue(most), Pace = asked.GetValue(pace),
                    Author = asked.GetValue(author) ?? "", Reason = asked.GetRequiredValue(reason),
                },
                PipelineJson.Report.ReleaseRuleOrder),
            "The rule is on. `pipeline release-rules list` tells what it does.", cancellation));
        return command;
    }

    private static ExampledCommand Switch(Terminal terminal, string to, string description)
    {
        var name = new Argument<string>("NAME") { Description = "The rule." };
        var author = Signed.Author(terminal);
        var reason = new Option<string?>("--reason") { Description = "Why; it is shown beside the rule." };
        var command = new ExampledCommand(to, description, $"pipeline release-rules {to} late-desk-accounts --reason 'the import is being repaired'") { name, author, reason };
        command.SetAction((asked, cancellation) => Query.OrderAsync(
            terminal, $"release-rules/{Uri.EscapeDataString(asked.GetRequiredValue(name))}/{to}",
            JsonSerializer.SerializeToUtf8Bytes(new SwitchOrder(asked.GetValue(author) ?? "", asked.GetValue(reason)), PipelineJson.Report.SwitchOrder), $"The rule is {to}.", cancellation));
        return command;
    }
}
