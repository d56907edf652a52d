using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Pipeline.Hosting.Announcements;
using Pipeline.Hosting.Broker;
using Pipeline.Hosting.Storage;

namespace Pipeline.Gatekeeper.Parking;

/// <summary>
/// Gives up what has waited until its deadline, by the database's clock. Before it does, it hears all evidence that is at
/// hand: after an outage, admissions that wait in the broker come before deadlines that passed meanwhile.
/// </summary>
public sealed partial class Expirer(
    NpgsqlDataSource database, BrokerConnection broker, Reconsideration reconsideration, AnnouncementRelay relay, TimeProvider time, ILogger<Expirer> log) : BackgroundService
{
    private const int PageSize = 500;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await AllEvidenceHeardAsync(stoppingToken))
                    while (await ExpireAsync(stoppingToken) == PageSize)
                    {
                    }

                await Task.Delay(Interval, time, stoppingToken);
            }
            catch (Exception exception) when (Transient.Is(exception) && !stoppingToken.IsCancellationRequested)
            {
                if (exception is not WriteConflictException) Postponed(exception.Message);
                await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task<bool> AllEvidenceHeardAsync(CancellationToken cancellation)
    {
        await using var channel = await broker.OpenChannelAsync(null, cancellation);
        return await channel.MessageCountAsync(BrokerTopology.Evidence, cancellation) == 0;
    }

    private async Task<int> ExpireAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var command = new NpgsqlCommand(ParkedRows.Overdue, connection, transaction) { Parameters = { new() { Value = PageSize } } };
        var rows = await ParkedRows.ReadAsync(command, cancellation);
        if (rows.Count == 0) return 0;
        var (announcement, moved) = await reconsideration.DecideAsync(connection, transaction, rows, expiring: true, "deadline", cancellation);
        await transaction.CommitAsync(cancellation);
        if (announcement is not null) await relay.SayAsync(announcement, cancellation);
        Expired(moved);
        return rows.Count;
    }

    [LoggerMessage(2201, LogLevel.Information, "{Count} parked objects have reached their deadline")]
    private partial void Expired(int count);

    [LoggerMessage(2202, LogLevel.Warning, "Expiring is postponed: {Why}")]
    private partial void Postponed(string why);
}
