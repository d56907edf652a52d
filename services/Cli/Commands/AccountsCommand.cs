using System.CommandLine;
using Pipeline.Cli.Screens;
using Pipeline.Contracts;

namespace Pipeline.Cli.Commands;

internal static class AccountsCommand
{
    public static ExampledCommand Of(Terminal terminal)
    {
        var id = new Argument<string>("ID") { Description = "The account_id, exactly: case, spaces and leading zeros count." };
        var show = new ExampledCommand("show", "One account: its state, and why it is or is not let in.", "pipeline accounts show Nordwind-0042", "pipeline accounts show 'with a space'") { id }
            .Asking(terminal, asked => $"accounts?id={Uri.EscapeDataString(asked.GetRequiredValue(id))}", PipelineJson.Report.AccountReport, AccountScreen.Of);
        var whose = new Argument<string>("ID") { Description = "The account_id, exactly." };
        var limit = new Option<int>("--limit") { HelpName = "N", Description = "At most so many of the newest, 1 to 1000.", DefaultValueFactory = _ => 20 };
        var objects = new ExampledCommand("objects", "What is in under an account: how much of each kind, and the newest.", "pipeline accounts objects Nordwind-0042", "pipeline accounts objects Nordwind-0042 --limit 1000 --json | jq -r '.newest[].native_id'") { whose, limit }
            .Asking(terminal, asked => $"accounts/objects?id={Uri.EscapeDataString(asked.GetRequiredValue(whose))}&limit={asked.GetValue(limit)}", PipelineJson.Report.AccountObjectsReport, AccountObjectsScreen.Of);
        var near = new ExampledCommand(
            "near-misses", "Account_ids that other systems state, that are no account, and that are spelled nearly as one.", "pipeline accounts near-misses", "pipeline accounts near-misses --json | jq -r '.[].stated'")
            .Asking(terminal, _ => "accounts/near-misses", PipelineJson.Report.IReadOnlyListStrangeAccountLine, StrangeAccountsScreen.Of);
        return new ExampledCommand("accounts", "Accounts of the system of record.", "pipeline accounts show Nordwind-0042", "pipeline accounts near-misses") { show, objects, near };
    }
}
