using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Pipeline.Hosting.Announcements;
using Pipeline.Hosting.Broker;
using Pipeline.Hosting.Operations;
using Pipeline.Hosting.Storage;
using Pipeline.Hosting.Telemetry;

namespace Pipeline.Hosting;

/// <summary>The start of every service: its settings, its schema, the broker, telemetry and health. What a service does is added on top.</summary>
public static class PipelineService
{
    /// <param name="service">The service's name: in traces, in the broker's connection list, and with underscores as the name of its schema.</param>
    /// <exception cref="SettingsException">A setting is missing or wrong.</exception>
    public static WebApplicationBuilder CreateBuilder(string[] args, string service)
    {
        var builder = WebApplication.CreateBuilder(args);
        var settings = Settings.From(builder.Configuration);
        var schema = new Schema(service.Replace('-', '_'), Assembly.GetCallingAssembly());

        builder.Logging.ClearProviders().AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss.fff ";
            console.UseUtcTimestamp = true;
        });
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("System.Net.Http", LogLevel.Warning);

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(settings).AddSingleton(schema);
        builder.Services.AddSingleton(Database(settings, service, schema));
        builder.Services.AddSingleton(services => ActivatorUtilities.CreateInstance<BrokerConnection>(services, service));
        builder.Services.AddSingleton(services => new Publisher(ActivatorUtilities.CreateInstance<BrokerConnection>(services, $"{service} (publishing)")));
        builder.Services.AddSingleton<Suspects>().AddSingleton<StandStills>();
        builder.Services.AddSingleton(services => ActivatorUtilities.CreateInstance<WaitingRoom>(services, (object)args));
        builder.Services.AddHostedService(services => services.GetRequiredService<WaitingRoom>());
        builder.Services.AddHostedService<StorageStart>().AddHostedService<BrokerStart>().AddHostedService<WaitingRoomEnd>();
        builder.Services.AddSingleton<AnnouncementRelay>().AddHostedService(services => services.GetRequiredService<AnnouncementRelay>());
        builder.Services.AddHostedService<AnnouncementSweep>().AddHostedService<Housekeeping>().AddHostedService<BrokerKnock>();
        builder.Services.AddReadiness();
        builder.AddPipelineTelemetry(settings, service);
        return builder;
    }

    private static NpgsqlDataSource Database(Settings settings, string service, Schema schema)
    {
        var source = new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder(settings.Database)
        {
            SearchPath = schema.Name,
            ApplicationName = service,
            MaxAutoPrepare = 50,
            AutoPrepareMinUsages = 2,
            // A process that hangs inside a transaction must not hold its locks against the others, nor those that it is given next. And a plan made while the
            // tables were empty must not be kept when they are not: planning anew costs a batch nothing. And keys are looked up where
            // they are, for on today's disks a page here and there costs no more than the next one: no table is read whole for a batch.
            // And nothing is compiled: what a batch asks is small, and compiling it takes longer than all of it.
            // And a commit is one: a server set to confirm what it has not written yet would lose it with its next crash.
            Options = "-c idle_in_transaction_session_timeout=10s -c plan_cache_mode=force_custom_plan -c random_page_cost=1.1 -c jit=off -c synchronous_commit=on",
        }.ConnectionString);
        source.ConfigureTracing(tracing => tracing.ConfigureCommandFilter(_ => false)); // dozens of equal spans would bury the story
        return source.Build();
    }
}
