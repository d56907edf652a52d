using System.CommandLine;
using System.Text.Json;
using Pipeline.Cli.Screens;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;

namespace Pipeline.Cli.Commands;

/// <summary>What a value of a source means, by a person's word. The program shows what looks alike; only a person says that it is the same.</summary>
internal static class CorrectionsCommand
{
    public static ExampledCommand Of(Terminal terminal) => new(
        "corrections", "What values of a source mean, by a person's word.", "pipeline corrections list", "pipeline corrections add portal account_id 'nordwind-0042 ' Nordwind-0042 --reason 'trailing blank'")
    {
        new ExampledCommand("list", "Those in force first, then those taken back.", "pipeline corrections list", "pipeline corrections list --json | jq -r '.[].id'")
            .Asking(terminal, _ => "corrections", PipelineJson.Report.IReadOnlyListCorrectionLine, CorrectionsScreen.Of),
        Add(terminal),
        Undo(terminal),
    };

    private static ExampledCommand Add(Terminal terminal)
    {
        var source = new Argument<string>("SOURCE") { Description = "The system that writes the value. The correction is its alone." };
        var kind = new Argument<string>("CLAIM") { Description = $"What the value is of: {string.Join(", ", Kinds)}." };
        kind.AcceptOnlyFromAmong([.. Kinds]);
        var value = new Argument<string>("VALUE") { Description = "The value, exactly as the source writes it: blanks and case count." };
        var account = new Argument<string>("ACCOUNT_ID") { Description = "The account_id that is meant, exactly." };
        var system = new Option<string?>("--system") { Description = "For a parent: the system that the id is of; the source where it is left out." };
        var (author, reason) = (Signed.Author(terminal), Signed.Reason());
        var command = new ExampledCommand(
            "add", "Objects of the source that name the value belong to the account from now on, those that wait and those to come.",
            "pipeline corrections add portal account_id 'nordwind-0042 ' Nordwind-0042 --reason 'trailing blank'", "pipeline corrections add desk email jo@old.example Nordwind-0042 --reason 'company renamed'")
            { source, kind, value, account, system, author, reason };
        command.SetAction((asked, cancellation) => Query.OrderAsync(
            terminal, "corrections",
            JsonSerializer.SerializeToUtf8Bytes(
                new CorrectionOrder(
                    asked.GetRequiredValue(source), new Claim(ClaimNames.Find(asked.GetRequiredValue(kind))!.Value, asked.GetRequiredValue(value), asked.GetValue(system)),
                    asked.GetRequiredValue(account), asked.GetValue(author) ?? "", asked.GetRequiredValue(reason)),
                PipelineJson.Report.CorrectionOrder),
            "Corrected. What waited for it is looked at now: `pipeline why` tells of each object.", cancellation));
        return command;
    }

    private static ExampledCommand Undo(Terminal terminal)
    {
        var id = new Argument<Guid>("ID") { Description = "The correction's id, as `pipeline corrections list --json` tells it." };
        var (author, reason) = (Signed.Author(terminal), Signed.Reason());
        var command = new ExampledCommand("undo", "The value means what it says again. Objects that are in by the correction wait again.", "pipeline corrections undo 019ab0c4-52f1-7c11-9d0e-6f0a3c2b1d10 --reason 'they are two companies'")
            { id, author, reason };
        command.SetAction((asked, cancellation) => Query.OrderAsync(
            terminal, $"corrections/{asked.GetRequiredValue(id)}/undo",
            JsonSerializer.SerializeToUtf8Bytes(new UndoOrder(asked.GetValue(author) ?? "", asked.GetRequiredValue(reason)), PipelineJson.Report.UndoOrder), "Undone.", cancellation));
        return command;
    }

    private static IEnumerable<string> Kinds => Enum.GetValues<ClaimKind>().Select(ClaimNames.Of);
}
