using System.Text.Json;

namespace Pipeline.Connectors.Engine.Drift;

/// <summary>
/// Tells when the records of one feed change their shape. The page is safe before this begins, and nothing that fails here
/// costs one: a shape that could not be stored is not told, and is found again in the next page.
/// </summary>
public sealed partial class SchemaWatch(string system, Feed feed, IKeepShapes shapes, FeedProgress progress, TimeProvider time, ILogger<SchemaWatch> log)
{
    private FeedShape? _known;

    /// <summary>Shows what was told before the restart.</summary>
    public Task LoadAsync(CancellationToken cancellation)
    {
        _known = null;
        return DareAsync(async () => _ = await KnownAsync(cancellation), cancellation);
    }

    /// <param name="page">That has been published, and its checkpoint stored.</param>
    /// <param name="pass">That it belongs to.</param>
    /// <param name="counts">Of the page. Records that are all repeats teach nothing.</param>
    public Task SeeAsync(Page page, Pass pass, Counts counts, CancellationToken cancellation)
    {
        var fresh = (int)(counts.Read - counts.Repeated);
        var firstPass = pass.From is not null ? FirstPass.Over : page.Next is null ? FirstPass.Ends : FirstPass.UnderWay;
        return fresh == 0 && firstPass != FirstPass.Ends ? Task.CompletedTask : DareAsync(() => SeeAsync(fresh == 0 ? [] : page.Records, firstPass, fresh, cancellation), cancellation);
    }

    private async Task SeeAsync(IReadOnlyList<JsonElement> records, FirstPass firstPass, int fresh, CancellationToken cancellation)
    {
        var known = await KnownAsync(cancellation);
        var (shape, drifts) = known.After(SeenObject.Of([.. records.Select(feed.RecordIn)]), firstPass, fresh, time.GetUtcNow());
        if (ReferenceEquals(shape, known)) return;
        await shapes.SaveAsync(system, feed.Name, shape, cancellation);
        _known = shape;
        progress.Drifted(shape.Told);
        foreach (var drift in drifts) Tell(drift);
    }

    private async Task<FeedShape> KnownAsync(CancellationToken cancellation)
    {
        if (_known is { } known) return known;
        _known = await shapes.LoadAsync(system, feed.Name, cancellation);
        progress.Drifted(_known.Told);
        return _known;
    }

    private void Tell(FieldDrift drift)
    {
        Telemetry.Drifted(system, feed.Name, drift.Word);
        Drifted(system, feed.Name, drift.Word, drift.Field, drift.Was ?? "nothing", drift.Is ?? "nothing");
    }

    private async Task DareAsync(Func<Task> act, CancellationToken cancellation)
    {
        try
        {
            await act();
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            Failed(system, feed.Name, exception.Message);
        }
    }

    [LoggerMessage(3010, LogLevel.Warning, "{System} {Feed}: the schema has drifted ({Change}): {Field} was {From}, is {To}")]
    private partial void Drifted(string system, string feed, string change, string field, string from, string to);

    [LoggerMessage(3011, LogLevel.Warning, "{System} {Feed}: a change of the schema cannot be told, for its shape cannot be stored or loaded: {Why}")]
    private partial void Failed(string system, string feed, string why);
}
