using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Pipeline.Benchmarks.Peers.Job;

namespace Pipeline.Benchmarks.Peers.Raw;

/// <summary>RabbitMQ.Client and Npgsql by hand: what this machine can do.</summary>
internal sealed class RawPeer : IPeer
{
    public string Name => "raw";

    public string What => "RabbitMQ.Client and Npgsql by hand, no framework: the limit of this machine";

    public string Accepted => JobTables.Accepted;

    public string Admitted => JobTables.Admitted;

    public string Parked => JobTables.Parked;

    public IHost Build(Addresses addresses)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var database = new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder(addresses.Database) { MaxAutoPrepare = 20, AutoPrepareMinUsages = 2 }.ConnectionString).Build();
        var tables = new JobTables(database);
        builder.Services.AddHostedService(_ => new RawWorkers(addresses.Broker, tables));
        return builder.Build();
    }
}
