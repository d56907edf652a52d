using Microsoft.Extensions.Logging;
using Npgsql;
using Pipeline.Hosting.Broker;

namespace Pipeline.Hosting.Announcements;

/// <summary>Finds announcements whose process died before it had said them, on any replica, and says them with the same message ids.</summary>
internal sealed partial class AnnouncementSweep(NpgsqlDataSource database, AnnouncementRelay relay, Publisher publisher, TimeProvider time, ILogger<AnnouncementSweep> log) : RepeatedWork(time, log)
{
    private const string LeftBehind = "select id, messages from announcements where created_at < statement_timestamp() - $1 and id <> all($2) order by id limit 16 for update skip locked";

    /// <summary>After this long by the database's clock an announcement counts as left behind by another replica. Too short only says things twice.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    protected override async Task RoundAsync(CancellationToken stopping)
    {
        while (await SweepAsync(stopping) > 0)
        {
        }
    }

    protected override Task PauseAsync(CancellationToken stopping) => Task.Delay(Interval, Time, stopping);

    private async Task<int> SweepAsync(CancellationToken stopping)
    {
        await using var connection = await database.OpenConnectionAsync(stopping);
        await using var transaction = await connection.BeginTransactionAsync(stopping);
        var left = new List<Announcement>();
        await using (var select = new NpgsqlCommand(LeftBehind, connection, transaction) { Parameters = { new() { Value = Patience }, new() { Value = relay.Held } } })
        await using (var rows = await select.ExecuteReaderAsync(stopping))
            while (await rows.ReadAsync(stopping)) left.Add(Announcement.Decode(rows.GetGuid(0), rows.GetFieldValue<byte[]>(1)));
        if (left.Count == 0) return 0;

        await publisher.PublishAsync([.. left.SelectMany(announcement => announcement.Messages)], stopping);
        CrashPoint.Reach("after-saying", "swept");
        await using var delete = new NpgsqlCommand(Announcement.Delete, connection, transaction) { Parameters = { new() { Value = left.Select(announcement => announcement.Id).ToArray() } } };
        await delete.ExecuteNonQueryAsync(stopping);
        await transaction.CommitAsync(stopping);
        Recovered(left.Count);
        return left.Count;
    }

    [LoggerMessage(1203, LogLevel.Information, "{Count} announcements that were left behind have been said")]
    private partial void Recovered(int count);
}
