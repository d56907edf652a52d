using Microsoft.Extensions.Logging;
using Npgsql;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Hosting;
using Pipeline.Hosting.Announcements;
using Pipeline.Hosting.Broker;

namespace Pipeline.Gatekeeper.Parking;

/// <summary>
/// Gives up what has waited until its deadline, by the database's clock. Before it does, it hears all evidence that is at
/// hand: after an outage, admissions that wait in the broker come before deadlines that passed meanwhile.
/// </summary>
public sealed partial class Expirer(
    NpgsqlDataSource database, BrokerConnection broker, Reconsideration reconsideration, AnnouncementRelay relay, ChildKinds kinds, TimeProvider time, ILogger<Expirer> log) : RepeatedWork(time, log)
{
    private const int PageSize = 500;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task RoundAsync(CancellationToken stopping)
    {
        if (!await AllEvidenceHeardAsync(stopping)) return;
        while (await ExpireAsync(stopping) == PageSize)
        {
        }
    }

    protected override Task PauseAsync(CancellationToken stopping) => Task.Delay(Interval, Time, stopping);

    private async Task<bool> AllEvidenceHeardAsync(CancellationToken cancellation)
    {
        await using var channel = await broker.OpenChannelAsync(null, cancellation);
        return await channel.MessageCountAsync(BrokerTopology.Evidence, cancellation) == 0;
    }

    private async Task<int> ExpireAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var overdue = new NpgsqlBatchCommand(StoredVersions.Overdue) { Parameters = { new() { Value = PageSize } } };
        var rows = await StoredVersions.ReadAsync(connection, transaction, overdue, kinds, cancellation);
        if (rows.Count == 0) return 0;
        var decided = await reconsideration.DecideAsync(connection, transaction, rows.StillThere(), expiring: true, "deadline", cancellation);
        await transaction.CommitAsync("expiry", cancellation);
        foreach (var announcement in decided.Announcements) await relay.SayAsync(announcement);
        Expired(decided.Moved);
        return rows.Count;
    }

    [LoggerMessage(2201, LogLevel.Information, "{Count} parked objects have reached their deadline")]
    private partial void Expired(int count);
}
