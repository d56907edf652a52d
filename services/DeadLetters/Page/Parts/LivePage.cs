using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Pipeline.DeadLetters.Access;

namespace Pipeline.DeadLetters.Page.Parts;

/// <summary>A page that reads anew every two seconds for as long as it is looked at, and says so where it cannot.</summary>
public abstract class LivePage : ComponentBase, IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);
    private readonly CancellationTokenSource _ended = new();

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> State { get; set; } = null!;

    protected Caller Caller { get; private set; } = new("", Role.Reader);

    /// <summary>Whether whoever looks may act.</summary>
    protected bool MayAct => Caller.Role >= Role.Operator;

    /// <summary>Told when the page is left. Kept, for a page that is left in the middle of a reading still asks for it.</summary>
    protected CancellationToken Ended { get; private set; }

    /// <summary>Why nothing new can be read; null where it can.</summary>
    protected string? Trouble { get; private set; }

    /// <summary>Whether it keeps to the sources that the role of whoever looks is for.</summary>
    protected virtual bool KeepsToSources => false;

    protected abstract Task ReadAsync();

    /// <summary>What another service says, as whoever looks may see it.</summary>
    protected T? Seen<T>(T? report, JsonTypeInfo<T> type) where T : class => report is null || Caller.SeesPersonalData ? report : Mask.Whole(report, type);

    /// <summary>Reads now, as after something was done.</summary>
    protected async Task RefreshAsync()
    {
        if (Caller.Sources is { } sources && !KeepsToSources)
        {
            Trouble = $"Your role is for {string.Join(", ", sources)} only, and this page tells of all sources.";
            return;
        }

        try
        {
            await ReadAsync();
            Trouble = null;
        }
        catch (Exception exception) when (exception is Npgsql.NpgsqlException or TimeoutException or IOException)
        {
            Trouble = $"Nothing new can be read: {exception.Message}";
        }
        catch (Exception exception) when (Ended.IsCancellationRequested && exception is OperationCanceledException or ObjectDisposedException)
        {
            return; // nobody looks any more
        }

        StateHasChanged();
    }

    protected override async Task OnInitializedAsync()
    {
        Ended = _ended.Token;
        Caller = Caller.Of((await State).User);
        await RefreshAsync();
        _ = BeatAsync();
    }

    public void Dispose()
    {
        _ended.Cancel();
        _ended.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(Beat, Time);
        try
        {
            while (await timer.WaitForNextTickAsync(Ended)) await InvokeAsync(RefreshAsync);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The page was left.
        }
    }
}
