using Microsoft.Extensions.Logging;
using Npgsql;
using Pipeline.Hosting;

namespace Pipeline.Gatekeeper.Events;

/// <summary>
/// Makes the parts of the days to come and drops those whose time is over, by the database's clock: to forget a day costs
/// nothing, however much it holds. A change of the parts waits for nobody for long; if it cannot be made now, it is tried again.
/// </summary>
public sealed partial class EventRetention(NpgsqlDataSource database, UsageEvents events, TimeProvider time, ILogger<EventRetention> log) : RepeatedWork(time, log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    protected override async Task RoundAsync(CancellationToken stopping)
    {
        var (now, parts) = await LookAsync(stopping);
        foreach (var day in EventDays.Kept(now, events.Retention).Reverse())
            if (!parts.Contains(EventDays.Part(day))) await MakeAsync(day, stopping);
        foreach (var part in parts)
            if (EventDays.DayOf(part) is { } day && EventDays.IsOver(day, now, events.Retention)) await DropAsync(part, stopping);
        while (await ForgetRestAsync(stopping) > 0)
        {
        }
    }

    protected override Task PauseAsync(CancellationToken stopping) => Task.Delay(Interval, Time, stopping);

    private async Task<(DateTimeOffset Now, IReadOnlySet<string> Parts)> LookAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "select clock_timestamp(), array(select c.relname::text from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'events'::regclass)");
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        await rows.ReadAsync(cancellation);
        return (rows.GetFieldValue<DateTimeOffset>(0), rows.GetFieldValue<string[]>(1).ToHashSet());
    }

    /// <summary>What the part for the rest already holds of the day moves with it.</summary>
    private Task MakeAsync(DateOnly day, CancellationToken cancellation)
    {
        var (part, from, until) = (EventDays.Part(day), $"'{day:yyyy-MM-dd} 00:00:00Z'", $"'{day.AddDays(1):yyyy-MM-dd} 00:00:00Z'");
        return AloneAsync($"""
            create table if not exists {part} (like events including all);
            with moved as (delete from events_rest where observed_at >= {from} and observed_at < {until} returning *) insert into {part} select * from moved;
            alter table events attach partition {part} for values from ({from}) to ({until});
            """, part, wanted: false, cancellation);
    }

    private async Task DropAsync(string part, CancellationToken cancellation)
    {
        await AloneAsync($"drop table {part};", part, wanted: true, cancellation);
        Dropped(part, events.Retention.TotalDays);
    }

    /// <summary>One replica at a time, and only if the part is still as it was seen.</summary>
    private async Task AloneAsync(string change, string part, bool wanted, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var alone = new NpgsqlCommand("set local lock_timeout = '2s'; select pg_advisory_xact_lock(hashtext('gatekeeper'), 2)", connection, transaction)) await alone.ExecuteNonQueryAsync(cancellation);
        await using var look = new NpgsqlCommand($"select to_regclass('{part}') is not null", connection, transaction);
        if ((bool)(await look.ExecuteScalarAsync(cancellation))! != wanted) return;
        await using var command = new NpgsqlCommand(change, connection, transaction);
        await command.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private async Task<int> ForgetRestAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("delete from events_rest where ctid in (select ctid from events_rest where observed_at < statement_timestamp() - $1 limit 10000)");
        command.Parameters.Add(new() { Value = events.Retention });
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    [LoggerMessage(2301, LogLevel.Information, "{Part} is dropped: its events are over {Days} days old")]
    private partial void Dropped(string part, double days);
}
