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
        return new ExampledCommand("accounts", "Accounts of the system of record.", "pipeline accounts show Nordwind-0042") { show };
    }
}
