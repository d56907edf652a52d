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

    [LoggerMessage(1301, LogLevel.Warning, "Waiting for the database: {Why}")]
    private partial void Waiting(string why);
}
