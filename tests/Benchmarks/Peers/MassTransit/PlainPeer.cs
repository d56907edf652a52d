using JasperFx;
using Marten;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Pipeline.Benchmarks.Peers.MassTransit;

/// <summary>MassTransit with a Marten session a message: how people build this.</summary>
internal sealed class PlainPeer : IPeer
{
    public string Name => "plain";

    public string What => "MassTransit, one message a transaction with Marten";

    public string Accepted => "select data ->> 'NativeId' as native_id, data ->> 'AccountId' as account_id from plain.mt_doc_plainchild where not (data ->> 'Waits')::boolean";

    public string Admitted => "select count(*) from plain.mt_doc_plainaccount";

    public string Parked => "select count(*) from plain.mt_doc_plainchild where (data ->> 'Waits')::boolean";

    public IHost Build(Addresses addresses)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddMarten(options =>
        {
            options.Connection(addresses.Database);
            options.DatabaseSchemaName = "plain";
            options.AutoCreateSchemaObjects = AutoCreate.CreateOrUpdate;
            options.Schema.For<PlainChild>().Index(child => child.AccountId);
            options.Schema.For<PlainAccount>().Identity(account => account.AccountId);
        }).UseLightweightSessions().ApplyAllDatabaseChangesOnStartup();
        builder.Services.AddMassTransit(registration =>
        {
            registration.DisableUsageTelemetry();
            registration.AddConsumer<PlainChildConsumer>();
            registration.AddConsumer<PlainAdmissionConsumer>();
            registration.UsingRabbitMq((context, bus) =>
            {
                bus.ReadsAndSays(addresses.Broker);
                bus.Endpoint<PlainChildConsumer>(context, "plain-children");
                bus.Endpoint<PlainAdmissionConsumer>(context, "plain-accounts");
            });
        });
        builder.Services.AddOptions<MassTransitHostOptions>().Configure(options => options.WaitUntilStarted = true);
        return builder.Build();
    }
}
