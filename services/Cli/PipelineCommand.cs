using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Text.Json;
using Pipeline.Cli.Commands;
using Pipeline.Cli.Demo;
using Pipeline.Cli.Office;

namespace Pipeline.Cli;

/// <summary>The whole command line: what it offers, and how each run of it ends.</summary>
public static class PipelineCommand
{
    private const string Description =
        """
        Asks the account synchronisation pipeline what it holds and why.

        Exit codes: 0 done; 1 refused, not balanced or not found; 2 wrong usage; 3 a part of the system is out of reach.
        """;

    public static async Task<int> RunAsync(string[] args, Terminal terminal)
    {
        var asked = Of(terminal).Parse(args);
        var wrong = asked.Action is ParseErrorAction;
        // Standard output is for answers: what is said of a wrong command goes to standard error.
        var streams = new InvocationConfiguration { Output = wrong ? terminal.Error : terminal.Out, Error = terminal.Error, EnableDefaultExceptionHandler = false };
        try
        {
            var code = await asked.InvokeAsync(streams);
            return wrong ? Exit.WrongUsage : code;
        }
        catch (MissingVariableException missing)
        {
            await terminal.Error.WriteLineAsync(missing.Message);
            return Exit.WrongUsage;
        }
        catch (JsonException)
        {
            await terminal.Error.WriteLineAsync("dead-letters gives an answer that this command cannot read. Are both of the same version?");
            return Exit.OutOfReach;
        }
        catch (OperationCanceledException)
        {
            return Exit.Refused; // Ctrl-C before the answer came
        }
    }

    private static RootCommand Of(Terminal terminal)
    {
        var root = new RootCommand(Description)
        {
            StatusCommand.Of(terminal),
            LedgerCommand.Of(terminal),
            WhyCommand.Of(terminal),
            AccountsCommand.Of(terminal),
            ParkedCommand.Of(terminal),
            CorrectionsCommand.Of(terminal),
            RulesCommand.Of(terminal),
            CheckCommand.Of(terminal),
            AdviseCommand.Of(terminal),
            DeadLettersCommand.Of(terminal),
            OperationsCommand.Of(terminal),
            ReleaseRulesCommand.Of(terminal),
            AuditCommand.Of(terminal),
            DemoCommand.Of(terminal),
        };
        root.Options.Remove(root.Options.OfType<VersionOption>().Single());
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExample((HelpAction)help.Action!);
        return root;
    }
}
