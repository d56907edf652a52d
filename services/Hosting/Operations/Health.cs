using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using Pipeline.Hosting.Broker;

namespace Pipeline.Hosting.Operations;

internal static class Readiness
{
    /// <summary>Longer than this nobody who asks waits for an answer.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    public static void AddReadiness(this IServiceCollection services) => services.AddHealthChecks()
        .AddCheck<DatabaseHealth>("database", tags: ["ready"], timeout: Longest)
        .AddCheck<BrokerHealth>("broker", tags: ["ready"], timeout: Longest)
        .AddCheck<WorkHealth>("work", tags: ["ready"], timeout: Longest);
}

/// <summary>That the service has not begun, whatever its surroundings are like.</summary>
internal sealed class StartHealth : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(HealthCheckResult.Unhealthy("The service is starting."));
}

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
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy("The database does not answer in time.");
        }
        catch (NpgsqlException exception)
        {
            return HealthCheckResult.Unhealthy($"The database does not answer: {exception.Message}");
        }
    }
}

internal sealed class BrokerHealth(BrokerConnection broker, Publisher publisher) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult((broker.IsOpen, publisher.Blocked) switch
        {
            (false, _) => HealthCheckResult.Unhealthy("There is no connection to the broker."),
            (_, { } why) => HealthCheckResult.Unhealthy($"The broker takes no messages: {why}. Give it room; all that waits goes on by itself."),
            _ => HealthCheckResult.Healthy(),
        });
}

internal sealed class WorkHealth(StandStills standStills) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(standStills.Reasons() is { Count: > 0 } waiting ? HealthCheckResult.Unhealthy($"{string.Join("; ", waiting)} Nothing is lost: it goes on by itself when that is mended.") : HealthCheckResult.Healthy());
}
