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
    /// <summary>Committed batches that may wait to be said; beyond that, deciding waits for saying.</summary>
    private const int MostWaiting = 64;

    /// <summary>Batches that are said, and struck off, together.</summary>
    private const int GroupSize = 16;

    private readonly Channel<Announcement> _fresh = Channel.CreateBounded<Announcement>(MostWaiting);

    /// <summary>Hands over an announcement whose transaction has committed.</summary>
    public ValueTask SayAsync(Announcement announcement, CancellationToken cancellation) => _fresh.Writer.WriteAsync(announcement, cancellation);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await _fresh.Reader.WaitToReadAsync(stoppingToken))
            {
                var group = new List<Announcement>();
                while (group.Count < GroupSize && _fresh.Reader.TryRead(out var announcement)) group.Add(announcement);
                await TryAsync(group, stoppingToken);
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
