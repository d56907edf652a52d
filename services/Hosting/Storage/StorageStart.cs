using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Pipeline.Hosting.Storage;

/// <summary>Makes the service's schema before anything else starts, and waits for the database as long as it takes.</summary>
internal sealed partial class StorageStart(Schema schema, NpgsqlDataSource database, TimeProvider time, ILogger<StorageStart> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await schema.ApplyAsync(database, cancellationToken);
                await WarnAsync(cancellationToken);
                return;
            }
            catch (Exception exception) when (Transient.Is(exception) && !cancellationToken.IsCancellationRequested)
            {
                Waiting(exception.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>No promise of ours holds on a server that does not keep its own.</summary>
    private async Task WarnAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select string_agg(name || '=' || setting, ', ') from pg_settings where name in ('fsync', 'full_page_writes') and setting = 'off'");
        if (await command.ExecuteScalarAsync(cancellation) is string careless) Careless(careless);
    }

    [LoggerMessage(1302, LogLevel.Warning, "The database runs with {Settings}: what it has confirmed can be lost when its machine goes down. Fit for tests only.")]
    private partial void Careless(string settings);

    [LoggerMessage(1301, LogLevel.Warning, "Waiting for the database: {Why}")]
    private partial void Waiting(string why);
}
