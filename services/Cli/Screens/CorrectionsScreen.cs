using Pipeline.Contracts.Operations;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Pipeline.Cli.Screens;

/// <summary>The corrections, those in force first.</summary>
public static class CorrectionsScreen
{
    public static IRenderable Of(IReadOnlyList<CorrectionLine> lines)
    {
        if (lines.Count == 0) return new Text("Nobody has corrected anything.");
        var table = Aligned.Of("ID", "SOURCE", "VALUE", "MEANS", ">WAITING", "BY", "REASON");
        foreach (var line in lines)
            table.AddRow(
                Shown.Cell(line.Id.ToString()), Shown.Cell(line.Source), Shown.Cell(line.Claim), Shown.Cell(line.AccountId), Shown.Number(line.Waiting), Shown.Cell(line.Author),
                Shown.Cell(line.UndoneBy is null ? line.Reason : $"undone by {line.UndoneBy}: {line.UndoneReason}"));
        return table;
    }
}
