using MassTransit;
using Microsoft.Extensions.Hosting;
using Pipeline.Benchmarks.Peers.Job;

namespace Pipeline.Benchmarks.Peers.MassTransit;

/// <summary>MassTransit's own batches, as they are when nothing is set.</summary>
internal sealed class BatchPeer : JobPeer
{
    public override string Name => "batch";

    public override string What => "MassTransit Batch<T> with its defaults, the tables as raw has them";

    protected override void AddMessaging(HostApplicationBuilder builder, Addresses addresses) => builder.Services.AddBus(
        addresses.Broker,
        consumers =>
        {
            consumers.AddConsumer<BatchChildConsumer>();
            consumers.AddConsumer<BatchAdmissionConsumer>();
        },
        (bus, context) =>
        {
            bus.Endpoint<BatchChildConsumer>(context, "batch-children");
            bus.Endpoint<BatchAdmissionConsumer>(context, "batch-accounts");
        });
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
