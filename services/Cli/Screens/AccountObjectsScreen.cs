using Pipeline.Contracts.Operations;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Pipeline.Cli.Screens;

/// <summary>What is in under one account.</summary>
public static class AccountObjectsScreen
{
    public static IRenderable Of(AccountObjectsReport report)
    {
        if (report.Kinds.Count == 0) return new Text($"Nothing is in under {Shown.Safe(report.AccountId)}.");
        var kinds = Aligned.Of("SOURCE", "TYPE", ">OBJECTS", "LATEST");
        foreach (var kind in report.Kinds) kinds.AddRow(Shown.Cell(kind.Source), Shown.Cell(kind.ObjectType), Shown.Number(kind.Objects), Shown.Time(kind.Latest));
        var newest = Aligned.Of("OBJECT", "OBSERVED", "IN SINCE", ">WAITED", "BY");
        foreach (var one in report.Newest)
            newest.AddRow(
                Shown.Cell(Shown.Named(one.Source, one.ObjectType, one.NativeId)), Shown.Time(one.ObservedAt), Shown.Time(one.AcceptedAt), Shown.Cell(one.Waited is { } seconds ? Shown.Age(seconds) : ""), Shown.Cell(one.Claim));
        return new Rows(kinds, new Text(report.IsWhole ? "" : "There are more than these: the account has over 20,000 objects."), newest);
    }
}
