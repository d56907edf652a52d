using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Pipeline.Hosting.Broker;

namespace Pipeline.Hosting.Operations;

/// <summary>
/// Answers the health questions on the service's own addresses while it waits for its database and broker, for the host opens
/// its own door last: it lives (do not kill it), it is not ready, and why. Begins when the wait has taken a moment.
/// </summary>
internal sealed partial class WaitingRoom(string[] args, NpgsqlDataSource database, BrokerConnection broker, Publisher publisher, StandStills standStills, TimeProvider time, ILogger<WaitingRoom> log) : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _over = new();
    private Task _open = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _open = OpenAsync(_over.Token);
        return Task.CompletedTask;
    }

    /// <summary>The wait is over; returns when the addresses are free for the service itself.</summary>
    public async Task CloseAsync()
    {
        if (!_over.IsCancellationRequested) await _over.CancelAsync();
        await _open;
    }

    public Task StopAsync(CancellationToken cancellationToken) => CloseAsync();

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _over.Dispose();
    }

    private async Task OpenAsync(CancellationToken over)
    {
        try
        {
            await Task.Delay(Moment, time, over);
            var builder = WebApplication.CreateBuilder(args);
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton(database).AddSingleton(broker).AddSingleton(publisher).AddSingleton(standStills).AddReadiness();
            builder.Services.AddHealthChecks().AddCheck<StartHealth>("start", tags: ["ready"]);
            await using var room = builder.Build();
            room.MapHealth();
            await room.StartAsync(over);
            Opened(string.Join(", ", room.Urls));
            await Task.Delay(Timeout.InfiniteTimeSpan, time, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // It took no moment, or ended while this began.
        }
        catch (IOException taken)
        {
            NotOpened(taken.Message); // the service itself will say so, and end
        }
    }

    [LoggerMessage(1501, LogLevel.Information, "Not ready yet; {Addresses}/health/ready says what is waited for")]
    private partial void Opened(string addresses);

    [LoggerMessage(1502, LogLevel.Warning, "Health cannot be told while the service waits: {Why}")]
    private partial void NotOpened(string why);
}

/// <summary>The end of the start: everything after it finds database and broker.</summary>
internal sealed class WaitingRoomEnd(WaitingRoom room) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => room.CloseAsync();

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
