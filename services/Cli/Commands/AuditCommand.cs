using System.CommandLine;
using Pipeline.Cli.Screens;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Pipeline.Cli.Commands;

/// <summary>Who did or saw what.</summary>
internal static class AuditCommand
{
    public static ExampledCommand Of(Terminal terminal)
    {
        var actor = new Option<string?>("--actor") { Description = "Only what one person did." };
        var action = new Option<string?>("--action") { Description = "Only one kind: view, triage, replay, discard, restore, pause, resume, cancel, make rule, switch on, switch off, sign in." };
        var limit = new Option<int>("--limit") { Description = "At most so many, 1 to 10000.", DefaultValueFactory = _ => 100 };
        return new ExampledCommand("audit", "Who did or saw what, the newest first.", "pipeline audit --action view", "pipeline audit --limit 10000 --json > audit.json") { actor, action, limit }
            .Asking(terminal, asked => $"audit?limit={asked.GetValue(limit)}{Given("actor", asked.GetValue(actor))}{Given("action", asked.GetValue(action))}", PipelineJson.Report.IReadOnlyListAuditLine, Screen);
    }

    private static string Given(string name, string? value) => value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";

    private static IRenderable Screen(IReadOnlyList<AuditLine> lines)
    {
        if (lines.Count == 0) return new Text("Nobody has done anything yet.");
        var table = Aligned.Of("WHEN", "WHO", "ROLE", "DID", "TO", "RESULT", "DETAIL");
        foreach (var line in lines)
            table.AddRow(Shown.Time(line.At), Shown.Cell(line.Actor), Shown.Cell(line.Role), Shown.Cell(line.Action), Shown.Cell(line.Target), Shown.Cell(line.Result), Shown.Cell(line.Detail));
        return table;
    }
}
