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
public sealed partial class AnnouncementRelay(NpgsqlDataSource database, Publisher publisher, ILogger<AnnouncementRelay> log) : BackgroundService
{
    /// <summary>Committed batches that may wait to be said; beyond that, deciding waits for saying, so that none waits long.</summary>
    private const int MostWaiting = 4;

    /// <summary>Messages that are said, and struck off, together; more only where one batch has more.</summary>
    private const int GroupSize = 2000;

    private readonly Channel<Announcement> _fresh = Channel.CreateBounded<Announcement>(MostWaiting);
    private readonly ConcurrentDictionary<Guid, bool> _held = new();

    /// <summary>What will be said from here: no sweep of this process need say it too.</summary>
    internal Guid[] Held => [.. _held.Keys];

    /// <summary>Hands over an announcement whose transaction has committed.</summary>
    public ValueTask SayAsync(Announcement announcement, CancellationToken cancellation)
    {
        _held[announcement.Id] = true;
        return _fresh.Writer.WriteAsync(announcement, cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await _fresh.Reader.WaitToReadAsync(stoppingToken))
            {
                var (group, messages) = (new List<Announcement>(), 0);
                while (messages < GroupSize && _fresh.Reader.TryRead(out var announcement))
                {
                    group.Add(announcement);
                    messages += announcement.Messages.Count;
                }

                await TryAsync(group, stoppingToken);
                foreach (var announcement in group) _held.TryRemove(announcement.Id, out _);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping: what is unsaid is in the table.
        }
    }

    private async Task TryAsync(IReadOnlyList<Announcement> announcements, CancellationToken stopping)
    {
        try
        {
            CrashPoint.Reach("before-saying", "announcements");
            await publisher.PublishAsync([.. announcements.SelectMany(announcement => announcement.Messages)], stopping);
            CrashPoint.Reach("after-saying", "announcements");
            await using var delete = database.CreateCommand(Announcement.Delete);
            delete.Parameters.Add(new() { Value = announcements.Select(announcement => announcement.Id).ToArray() });
            await delete.ExecuteNonQueryAsync(stopping);
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            NotSaid(announcements.Count, exception.Message);
        }
    }

    [LoggerMessage(1201, LogLevel.Warning, "{Count} announcements could not be said now and will be swept: {Why}")]
    private partial void NotSaid(int count, string why);
}
