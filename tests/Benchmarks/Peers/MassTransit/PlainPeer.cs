using MassTransit;
using Microsoft.Extensions.Hosting;

namespace Pipeline.Benchmarks.Peers.MassTransit;

/// <summary>MassTransit with a Marten session a message: how people build this.</summary>
internal sealed class PlainPeer : IPeer
{
    public string Name => "plain";

    public string What => "MassTransit, one message a transaction with Marten";

    public int OneOf => 10;

    public string Accepted => "select data ->> 'NativeId' as native_id, data ->> 'AccountId' as account_id from plain.mt_doc_plainchild where not (data ->> 'Waits')::boolean";

    public string Admitted => "select count(*) from plain.mt_doc_plainaccount";

    public string Parked => "select count(*) from plain.mt_doc_plainchild where (data ->> 'Waits')::boolean";

    public IHost Build(Addresses addresses) => PlainHost.Build(
        addresses,
        documents =>
        {
            documents.Schema.For<PlainChild>().Index(child => child.AccountId);
            documents.Schema.For<PlainAccount>().Identity(account => account.AccountId);
        },
        consumers =>
        {
            consumers.AddConsumer<PlainChildConsumer>();
            consumers.AddConsumer<PlainAdmissionConsumer>();
        },
        (bus, context) =>
        {
            bus.Endpoint<PlainChildConsumer>(context, "plain-children");
            bus.Endpoint<PlainAdmissionConsumer>(context, "plain-accounts");
        });
}
