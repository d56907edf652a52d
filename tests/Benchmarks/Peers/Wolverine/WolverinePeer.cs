using Microsoft.Extensions.Hosting;
using Pipeline.Benchmarks.Peers.Job;
using Pipeline.Contracts;
using System.Text.Json;
using Wolverine;
using Wolverine.Postgresql;
using Wolverine.RabbitMQ;

namespace Pipeline.Benchmarks.Peers.Wolverine;

/// <summary>Wolverine with its durable inbox and outbox in PostgreSQL, and its batch handler.</summary>
internal sealed class WolverinePeer : JobPeer
{
    public override string Name => "wolverine";

    public override string What => "WolverineFx.RabbitMQ, durable PostgreSQL inbox and outbox, batch handler, the tables as raw has them";

    public override string Unsaid => "select count(*) from wolverine.wolverine_outgoing_envelopes";

    protected override void AddMessaging(HostApplicationBuilder builder, Addresses addresses) => builder.UseWolverine(options => Configure(options, addresses));

    private static void Configure(WolverineOptions options, Addresses addresses)
    {
        options.ApplicationAssembly = typeof(WolverinePeer).Assembly;
        options.UseRuntimeCompilation();
        options.PersistMessagesWithPostgresql(addresses.Database, "wolverine");
        options.Durability.Mode = DurabilityMode.Solo;
        options.UseSystemTextJsonForSerialization(json => json.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower);
        options.UseRabbitMq(addresses.Broker).UseQuorumQueues().AutoProvision()
            .DeclareExchange(Exchanges.ChildObjectReceived, exchange => { exchange.ExchangeType = ExchangeType.Fanout; exchange.BindQueue("wolverine-children"); })
            .DeclareExchange(Exchanges.AccountAdmitted, exchange => { exchange.ExchangeType = ExchangeType.Fanout; exchange.BindQueue("wolverine-accounts"); })
            .DeclareExchange(Exchanges.ChildObjectAccepted, exchange => exchange.ExchangeType = ExchangeType.Fanout);
        options.ListenToRabbitQueue("wolverine-children").DefaultIncomingMessage<ChildMessage>().UseDurableInbox().PreFetchCount(1000);
        options.ListenToRabbitQueue("wolverine-accounts").DefaultIncomingMessage<AdmissionMessage>().UseDurableInbox().PreFetchCount(1000);
        options.PublishMessage<AcceptedMessage>().ToRabbitExchange(Exchanges.ChildObjectAccepted).UseDurableOutbox();
        options.BatchMessagesOf<ChildMessage>(batching => batching.BatchSize = 1000);
        options.BatchMessagesOf<AdmissionMessage>(batching => batching.BatchSize = 1000);
        options.Discovery.DisableConventionalDiscovery().IncludeType(typeof(WolverineHandlers));
    }
}
