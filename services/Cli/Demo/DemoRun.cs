using Pipeline.Cli.Screens;
using Spectre.Console;

namespace Pipeline.Cli.Demo;

/// <summary>Shows the flow until it has settled, tells how it ended, and goes on showing it unless once is enough.</summary>
internal sealed class DemoRun(Terminal terminal, Film film, Stories stories, DemoOptions options)
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(2);

    public async Task<int> RunAsync(CancellationToken stop)
    {
        FinalFile.Forget();
        var last = await ShowAsync(Enough, stop);
        if (options.Record is { } file) await File.WriteAllTextAsync(file.FullName, SvgPicture.Of(LiveScreen.Of(last.Picture, last.Standing, SvgPicture.Columns)), CancellationToken.None);
        var ends = last.Standing.Settled ? await stories.EndsAsync(stop) : [];
        var code = Tell(last, ends, stop.IsCancellationRequested);
        if (options.Once || stop.IsCancellationRequested) return options.Once ? code : Exit.Done;
        Say("The flow is shown on; Ctrl-C ends it.");
        Say("");
        await ShowAsync(_ => false, stop);
        return Exit.Done;
    }

    private bool Enough(Frame frame) => frame.Standing.Settled || (options.Once && frame.Picture.Elapsed >= options.Timeout);

    private Task<Frame> ShowAsync(Func<Frame, bool> enough, CancellationToken stop) => terminal.IsLive
        ? terminal.Screen.Live(new Text("")).Overflow(VerticalOverflow.Crop).StartAsync(live => PlayAsync(
            frame =>
            {
                live.UpdateTarget(LiveScreen.Of(frame.Picture, frame.Standing, terminal.Screen.Profile.Width));
                live.Refresh();
            },
            enough, stop))
        : PlayAsync(Lines(), enough, stop);

    private async Task<Frame> PlayAsync(Action<Frame> show, Func<Frame, bool> enough, CancellationToken stop)
    {
        await foreach (var frame in film.PlayAsync(stop))
        {
            show(frame);
            if (enough(frame)) return frame;
        }

        return film.Last;
    }

    private Action<Frame> Lines()
    {
        var next = TimeSpan.Zero;
        return frame =>
        {
            if (frame.Picture.Elapsed < next) return;
            next = frame.Picture.Elapsed + BetweenLines;
            terminal.Out.WriteLine(ProgressLine.Of(frame.Picture, frame.Standing));
            terminal.Out.Flush();
        };
    }

    private int Tell(Frame last, IReadOnlyList<StoryEnd> stories, bool interrupted)
    {
        var standing = last.Standing;
        if (!standing.Settled) Say($"{(interrupted ? "Interrupted" : "Not settled")} after {LiveScreen.Clock(last.Picture.Elapsed)}.");
        if (EndState.Of(last.Picture.Status) is { } end && (standing.Settled || !interrupted))
        {
            Say("");
            terminal.Show(FinalTable.Of(end));
            Say("");
            if (stories.Count > 0) terminal.Show(StoryTable.Of(stories));
            if (stories.Count > 0) Say("");
            if (standing.Settled) FinalFile.Write(Printed.Text(FinalTable.Of(end)));
        }

        if (last.Picture.Ledger is { } ledger) Say(LedgerScreen.Line(ledger));
        foreach (var open in standing.Moving) Say($"open: {open}");
        foreach (var wrong in standing.Wrong) Say($"differs: {wrong}");
        var isRight = standing.IsRight && stories.All(story => story.Wrong.Count == 0);
        if (isRight) Say("The end state is the expected one.");
        return isRight ? Exit.Done : Exit.Refused;
    }

    private void Say(string line) => terminal.Show(new Text(line));
}
