using Pipeline.Contracts.Operations;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Pipeline.Cli.Screens;

/// <summary>What a check found: the verdict first, then each feed with what was seen and what to do.</summary>
public static class CheckScreen
{
    public static IRenderable Of(CheckReport check)
    {
        var parts = new List<IRenderable> { new Text($"{Shown.Safe(check.System)}: {StateOf(check.State)}", Styles.Heading), Shown.Cell(check.Verdict) };
        if (check.Address is { } address) parts.Add(Shown.Cell($"at {address}, credentials {check.Credentials}", Styles.Quiet));
        foreach (var feed in check.Feeds) parts.AddRange([new Text(""), Feed(feed)]);
        if (check.Settings.Count > 0) parts.AddRange([new Text(""), Settings(check.Settings)]);
        return new Rows(parts);
    }

    /// <summary>Many systems, a line each.</summary>
    public static IRenderable Of(IReadOnlyList<CheckReport> checks)
    {
        if (checks.Count == 0) return new Text("No system is configured. `pipeline check SYSTEM` lists the settings of one.");
        var table = Aligned.Of("SYSTEM", "STATE", "VERDICT");
        foreach (var check in checks) table.AddRow(Shown.Cell(check.System), State(check.State), Shown.Cell(check.Verdict));
        return table;
    }

    private static Rows Feed(FeedCheck feed)
    {
        var lines = new List<IRenderable>
        {
            new Paragraph(Shown.Safe(feed.Feed), Styles.Heading).Append($"  {StateOf(feed.State)}  ", StyleOf(feed.State)).Append(Shown.Safe(feed.Asked), Styles.Quiet),
            Indented(feed.Verdict),
        };
        if (feed.Problem is { } problem) lines.Add(Indented($"What to do: {problem.Advice}"));
        lines.AddRange(CheckedRecords.Of(feed.Sample).Select(line => Indented(line, Styles.Quiet)));
        return new Rows(lines);
    }

    private static Table Settings(IReadOnlyList<SettingLine> settings)
    {
        var table = Aligned.Of("SETTING", "DEFAULT", "RANGE", "MEANING");
        foreach (var setting in settings)
            table.AddRow(
                Shown.Cell(setting.Name), setting.Otherwise is { } otherwise ? Shown.Cell(otherwise) : new Text("required", Styles.Waiting), Shown.Cell(setting.Range),
                Shown.Cell(setting.IsSecret ? $"{setting.Meaning} (secret; or a file that holds it, named by {setting.File})" : setting.Meaning));
        return table;
    }

    private static Padder Indented(string line, Style? style = null) => new(Shown.Cell(line, style), new Padding(2, 0, 0, 0));

    private static Text State(string state) => new(StateOf(state), StyleOf(state));

    private static string StateOf(string state) => Shown.Safe(state).Replace('_', ' ');

    private static Style StyleOf(string state) => state switch { "ok" => Styles.Good, "empty" or "not_asked" => Styles.Waiting, _ => Styles.Bad };
}
