using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Pipeline.Hosting.Broker;
using Pipeline.Hosting.Storage;

namespace Pipeline.Hosting.Announcements;

/// <summary>
/// Says what was decided. A fresh announcement comes straight from the transaction that committed it; one whose process died
/// before it was said is found in the table by any replica, and said again with the same message ids.
/// </summary>
public sealed partial class AnnouncementRelay(NpgsqlDataSource database, Publisher publisher, TimeProvider time, ILogger<AnnouncementRelay> log) : BackgroundService
{
    /// <summary>After this long by the database's clock an announcement counts as left behind. Too short only says things twice.</summary>
    private static readonly TimeSpan LeftBehind = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(2);

    /// <summary>So many committed batches may wait to be said; then deciding waits for saying.</summary>
    private readonly Channel<Announcement> _fresh = Channel.CreateBounded<Announcement>(64);

    /// <summary>Hands over an announcement whose transaction has committed.</summary>
    public ValueTask SayAsync(Announcement announcement, CancellationToken cancellation) => _fresh.Writer.WriteAsync(announcement, cancellation);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(SayFreshAsync(stoppingToken), SweepAsync(stoppingToken));

    private async Task SayFreshAsync(CancellationToken stopping)
    {
        while (await WaitAsync(stopping))
        {
            var group = new List<Announcement>();
            while (group.Count < 16 && _fresh.Reader.TryRead(out var announcement)) group.Add(announcement);
            await TryAsync(group, stopping);
        }
    }

    private async Task<bool> WaitAsync(CancellationToken stopping)
    {
        try
        {
            return await _fresh.Reader.WaitToReadAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>If this fails, or the process dies in it, the rows stay and the sweep finds them.</summary>
    private async Task TryAsync(IReadOnlyList<Announcement> announcements, CancellationToken stopping)
    {
        try
        {
            await publisher.PublishAsync([.. announcements.SelectMany(announcement => announcement.Messages)], stopping);
            await using var delete = database.CreateCommand("delete from announcements where id = any($1)");
            delete.Parameters.Add(new() { Value = announcements.Select(announcement => announcement.Id).ToArray() });
            await delete.ExecuteNonQueryAsync(stopping);
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            NotSaid(announcements.Count, exception.Message);
        }
        catch (OperationCanceledException)
        {
            // Stopping: what is unsaid is in the table.
        }
    }

    private async Task SweepAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(SweepInterval, time);
        do
        {
            try
            {
                while (await SweepOnceAsync(stopping) > 0)
                {
                }
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                NotSwept(exception.Message);
            }
        }
        while (!stopping.IsCancellationRequested && await timer.WaitForNextTickAsync(stopping).AsTask().ContinueWith(tick => tick.IsCompletedSuccessfully && tick.Result, TaskScheduler.Default));
    }

    private async Task<int> SweepOnceAsync(CancellationToken stopping)
    {
        await using var connection = await database.OpenConnectionAsync(stopping);
        await using var transaction = await connection.BeginTransactionAsync(stopping);
        var left = new List<Announcement>();
        await using (var select = new NpgsqlCommand(
            "select id, messages from announcements where created_at < clock_timestamp() - $1 order by id limit 16 for update skip locked", connection, transaction))
        {
            select.Parameters.Add(new() { Value = LeftBehind });
            await using var rows = await select.ExecuteReaderAsync(stopping);
            while (await rows.ReadAsync(stopping)) left.Add(Announcement.Decode(rows.GetGuid(0), rows.GetFieldValue<byte[]>(1)));
        }

        if (left.Count == 0) return 0;
        await publisher.PublishAsync([.. left.SelectMany(announcement => announcement.Messages)], stopping);
        await using var delete = new NpgsqlCommand("delete from announcements where id = any($1)", connection, transaction);
        delete.Parameters.Add(new() { Value = left.Select(announcement => announcement.Id).ToArray() });
        await delete.ExecuteNonQueryAsync(stopping);
        await transaction.CommitAsync(stopping);
        Recovered(left.Count);
        return left.Count;
    }

    [LoggerMessage(1201, LogLevel.Warning, "{Count} announcements could not be said now and will be swept: {Why}")]
    private partial void NotSaid(int count, string why);

    [LoggerMessage(1202, LogLevel.Warning, "The sweep for announcements failed and will be repeated: {Why}")]
    private partial void NotSwept(string why);

    [LoggerMessage(1203, LogLevel.Information, "{Count} announcements that were left behind have been said")]
    private partial void Recovered(int count);
}
