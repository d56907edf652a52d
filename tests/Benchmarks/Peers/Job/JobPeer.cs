using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Pipeline.Benchmarks.Peers.Job;

/// <summary>A peer over the tables of the job: it brings its messaging, and nothing else is another peer's or its own.</summary>
internal abstract class JobPeer : IPeer
{
    public abstract string Name { get; }

    public abstract string What { get; }

    public virtual int OneOf => 5;

    public string Accepted => JobTables.Accepted;

    public string Admitted => JobTables.Admitted;

    public string Parked => JobTables.Parked;

    public virtual string Unsaid => IPeer.NothingUnsaid;

    public IHost Build(Addresses addresses)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(addresses.Database) { MaxAutoPrepare = 20, AutoPrepareMinUsages = 2 });
        builder.Services.AddSingleton(new JobTables(database)).AddHostedService<JobTablesStart>();
        AddMessaging(builder, addresses);
        return builder.Build();
    }

    protected abstract void AddMessaging(HostApplicationBuilder builder, Addresses addresses);
}
