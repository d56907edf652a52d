using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Pipeline.Hosting.Broker;

namespace Pipeline.Hosting.Announcements;

/// <summary>
/// Says what was decided, straight from the transaction that committed it. What it cannot say now, or dies before it has
/// said, stays in the table for the <see cref="AnnouncementSweep"/>.
/// </summary>
public sealed partial class AnnouncementRelay(NpgsqlDataSource database, Publisher publisher, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<AnnouncementRelay> log) : BackgroundService
{
    /// <summary>How long a service that stops still waits for room here, where the broker takes nothing.</summary>
    private static readonly TimeSpan LastCall = TimeSpan.FromSeconds(3);

    /// <summary>Committed batches that may wait to be said; beyond that, deciding waits for saying, so that none waits long.</summary>
    private const int MostWaiting = 4;

    /// <summary>Messages that are said, and struck off, together; more only where one batch has more.</summary>
    private const int GroupSize = 2000;

    private readonly Channel<Announcement> _fresh = Channel.CreateBounded<Announcement>(MostWaiting);
    private readonly ConcurrentDictionary<Guid, bool> _held = new();

    /// <summary>What will be said from here: no sweep of this process need say it too.</summary>
    internal Guid[] Held => [.. _held.Keys];

    /// <summary>
    /// Hands over an announcement whose transaction has committed, and waits while there is no room. It never fails: whoever has
    /// committed must go on to acknowledge, or all of it is decided once more. What a service that stops has no room for is swept.
    /// </summary>
    public async ValueTask SayAsync(Announcement announcement)
    {
        _held[announcement.Id] = true;
        if (_fresh.Writer.TryWrite(announcement)) return;
        if (!await WaitAndWriteAsync(announcement)) _held.TryRemove(announcement.Id, out _);
    }

    /// <returns>Whether there was room before the service had to end.</returns>
    private async Task<bool> WaitAndWriteAsync(Announcement announcement)
    {
        using var ended = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await using var stopping = lifetime.ApplicationStopping.Register(() => ended.CancelAfter(LastCall));
        try
        {
            await _fresh.Writer.WriteAsync(announcement, ended.Token);
            return true;
        }
        catch (Exception exception) when (exception is OperationCanceledException or ChannelClosedException)
        {
            return false;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var striking = Task.CompletedTask;
        try
        {
            while (await _fresh.Reader.WaitToReadAsync(stoppingToken))
            {
                var group = Next();
                var isSaid = await PublishAsync(group, stoppingToken);
                await striking;
                striking = StrikeAsync(group, isSaid); // while the next ones are said
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping: what is unsaid is in the table.
        }

        _fresh.Writer.Complete();
        await striking;
    }

    private List<Announcement> Next()
    {
        var (group, messages) = (new List<Announcement>(), 0);
        while (messages < GroupSize && _fresh.Reader.TryRead(out var announcement))
        {
            group.Add(announcement);
            messages += announcement.Messages.Count;
        }

        return group;
    }

    /// <returns>Whether the broker has confirmed all of it.</returns>
    private async Task<bool> PublishAsync(IReadOnlyList<Announcement> announcements, CancellationToken stopping)
    {
        try
        {
            CrashPoint.Reach("before-saying", "announcements");
            await publisher.PublishAsync([.. announcements.SelectMany(announcement => announcement.Messages)], stopping);
            CrashPoint.Reach("after-saying", "announcements");
            return true;
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            NotSaid(announcements.Count, exception.Message);
            return false;
        }
    }

    /// <summary>Strikes off what is said, and lets go of it: what is not, or cannot be struck off now, is the sweep's.</summary>
    private async Task StrikeAsync(IReadOnlyList<Announcement> announcements, bool isSaid)
    {
        var ids = announcements.Select(announcement => announcement.Id).ToArray();
        try
        {
            if (!isSaid) return;
            await using var delete = database.CreateCommand(Announcement.Delete);
            delete.Parameters.Add(new() { Value = ids });
            await delete.ExecuteNonQueryAsync();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            NotSaid(announcements.Count, exception.Message);
        }
        finally
        {
            foreach (var id in ids) _held.TryRemove(id, out _);
        }
    }

    [LoggerMessage(1201, LogLevel.Warning, "{Count} announcements could not be said now and will be swept: {Why}")]
    private partial void NotSaid(int count, string why);
}
