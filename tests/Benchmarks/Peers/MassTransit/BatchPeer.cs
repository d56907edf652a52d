using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Pipeline.Benchmarks.Peers.Job;

namespace Pipeline.Benchmarks.Peers.MassTransit;

/// <summary>MassTransit's own batches, as they are when nothing is set.</summary>
internal sealed class BatchPeer : IPeer
{
    public string Name => "batch";

    public string What => "MassTransit Batch<T> with its defaults, the tables as raw has them";

    public string Accepted => JobTables.Accepted;

    public string Admitted => JobTables.Admitted;

    public string Parked => JobTables.Parked;

    public IHost Build(Addresses addresses)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(new JobTables(NpgsqlDataSource.Create(addresses.Database))).AddHostedService<JobTablesStart>();
        builder.Services.AddMassTransit(registration =>
        {
            registration.DisableUsageTelemetry();
            registration.AddConsumer<BatchChildConsumer>();
            registration.AddConsumer<BatchAdmissionConsumer>();
            registration.UsingRabbitMq((context, bus) =>
            {
                bus.ReadsAndSays(addresses.Broker);
                bus.Endpoint<BatchChildConsumer>(context, "batch-children");
                bus.Endpoint<BatchAdmissionConsumer>(context, "batch-accounts");
            });
        });
        builder.Services.AddOptions<MassTransitHostOptions>().Configure(options => options.WaitUntilStarted = true);
        return builder.Build();
    }
}

internal sealed class BatchChildConsumer(JobTables tables) : IConsumer<Batch<ChildMessage>>
{
    public async Task Consume(ConsumeContext<Batch<ChildMessage>> context)
    {
        var batch = context.Message.Select(one => (one.Message, (ReadOnlyMemory<byte>)one.ReceiveContext.Body.GetBytes())).ToList();
        await Task.WhenAll((await tables.TakeAsync(batch, context.CancellationToken)).Select(message => context.Publish(message)));
    }
}

internal sealed class BatchAdmissionConsumer(JobTables tables) : IConsumer<Batch<AdmissionMessage>>
{
    public async Task Consume(ConsumeContext<Batch<AdmissionMessage>> context) =>
        await Task.WhenAll((await tables.AdmitAsync([.. context.Message.Select(one => one.Message)], context.CancellationToken)).Select(message => context.Publish(message)));
}
