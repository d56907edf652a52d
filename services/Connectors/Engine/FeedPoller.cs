using Pipeline.Connectors.Engine.Http;

namespace Pipeline.Connectors.Engine;

/// <summary>Reads one feed for as long as the service runs: page by page, pass by pass. A failure is shown, waited out and tried again; nothing stops it but the end.</summary>
public sealed partial class FeedPoller(PageReader pages, FeedProgress progress, PaceGate gate, TimeSpan interval, TimeProvider time, ILogger<FeedPoller> log)
    : BackgroundService
{
    /// <summary>A continuation that has failed this often, over some minutes, is given up for a new pass: some systems answer an expired one with 500.</summary>
    private const int Patience = 8;

    private int _failures;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        StoredCheckpoint? stored = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                stored ??= await LoadAsync(stoppingToken);
                stored = await StepAsync(stored, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // The broker or the database: what was stored is what counts.
                stored = null;
                await FailAsync(exception.Message, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<StoredCheckpoint> LoadAsync(CancellationToken cancellation)
    {
        var stored = await pages.LoadAsync(cancellation);
        progress.At(stored.Checkpoint);
        Begins(pages.System, pages.Feed.Name, stored.Checkpoint.Pass?.Pass.Newest ?? stored.Checkpoint.Cursor ?? "the beginning", stored.Checkpoint.Counts.Read);
        return stored;
    }

    private async Task<StoredCheckpoint?> StepAsync(StoredCheckpoint stored, CancellationToken cancellation)
    {
        await PaceAsync(cancellation);
        progress.Reading();
        switch (await pages.ReadAsync(stored, cancellation))
        {
            case Step.Read(var next, var ration):
                Recovered();
                if (gate.Spread(pages.Feed.Name, ration)) Spreads(pages.System, pages.Feed.Name, ration!.Spacing.TotalSeconds, ration.Until);
                progress.At(next.Checkpoint);
                if (next.Checkpoint.Pass is null) await CaughtUpAsync(next, cancellation);
                return next;
            case Step.Paced(var wait):
                gate.Close(wait);
                Telemetry.Paced(pages.System, pages.Feed, wait, Telemetry.Asked);
                Paced(pages.System, pages.Feed.Name, wait.TotalSeconds);
                return stored;
            case Step.Failed(var why, var resume):
                await FailAsync(why, cancellation);
                return _failures % Patience == 0 ? resume with { Checkpoint = resume.Checkpoint.Abandon() } : resume;
            default:
                await FailAsync("Another process reads the same feed. Run one instance of the connectors for each system.", cancellation);
                return null;
        }
    }

    /// <summary>Returns when it is this feed's turn to ask: the system's wait is over, and the limit leaves room for a request.</summary>
    private async Task PaceAsync(CancellationToken cancellation)
    {
        while (gate.TakeTurn() is { IsNow: false } turn)
        {
            progress.Paced(turn.Wait);
            if (turn.Spread) Telemetry.Paced(pages.System, pages.Feed, turn.Wait, Telemetry.Spread);
            await Task.Delay(turn.Wait, time, cancellation);
        }
    }

    private async Task CaughtUpAsync(StoredCheckpoint stored, CancellationToken cancellation)
    {
        PassEnded(pages.System, pages.Feed.Name, stored.Checkpoint.Counts.Read, stored.Checkpoint.Counts.Published, stored.Checkpoint.Counts.Unmappable);
        progress.CaughtUp(interval);
        await Task.Delay(interval, time, cancellation);
    }

    private async Task FailAsync(string why, CancellationToken cancellation)
    {
        var wait = Backoff.After(++_failures, Random.Shared.NextDouble());
        progress.Failing(why, wait);
        Failing(pages.System, pages.Feed.Name, wait.TotalSeconds, why);
        await Task.Delay(wait, time, cancellation);
    }

    private void Recovered()
    {
        if (_failures > 0) Recovered(pages.System, pages.Feed.Name, _failures);
        _failures = 0;
    }

    [LoggerMessage(3000, LogLevel.Information, "{System} {Feed}: reads from {Cursor}; {Read} records read before")]
    private partial void Begins(string system, string feed, string cursor, long read);

    [LoggerMessage(3001, LogLevel.Debug, "{System} {Feed}: caught up; {Read} records read so far, {Published} published, {Unmappable} unmappable")]
    private partial void PassEnded(string system, string feed, long read, long published, long unmappable);

    [LoggerMessage(3002, LogLevel.Information, "{System} {Feed}: the system asks to wait {Seconds} s")]
    private partial void Paced(string system, string feed, double seconds);

    [LoggerMessage(3005, LogLevel.Information, "{System} {Feed}: little is left of the system's limit; one request each {Seconds} s until {Until}")]
    private partial void Spreads(string system, string feed, double seconds, DateTimeOffset until);

    [LoggerMessage(3003, LogLevel.Warning, "{System} {Feed}: failed, trying again in {Seconds} s: {Why}")]
    private partial void Failing(string system, string feed, double seconds, string why);

    [LoggerMessage(3004, LogLevel.Information, "{System} {Feed}: reads again after {Failures} failures")]
    private partial void Recovered(string system, string feed, int failures);
}
