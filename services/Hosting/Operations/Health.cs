using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using Pipeline.Hosting.Broker;

namespace Pipeline.Hosting.Operations;

internal sealed class DatabaseHealth(NpgsqlDataSource database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = database.CreateCommand("select 1");
            await command.ExecuteScalarAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (NpgsqlException exception)
        {
            return HealthCheckResult.Unhealthy($"The database does not answer: {exception.Message}");
        }
    }
}

internal sealed class BrokerHealth(BrokerConnection broker) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(broker switch
        {
            { IsOpen: false } => HealthCheckResult.Unhealthy("There is no connection to the broker."),
            { Blocked: { } why } => HealthCheckResult.Unhealthy($"The broker takes no messages: {why}. Give it room; all that waits goes on by itself."),
            _ => HealthCheckResult.Healthy(),
        });
}

internal sealed class WorkHealth(StandStills standStills) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(standStills.Reasons() is { Count: > 0 } waiting ? HealthCheckResult.Unhealthy($"{string.Join("; ", waiting)} Nothing is lost: it goes on by itself when that is mended.") : HealthCheckResult.Healthy());
}
