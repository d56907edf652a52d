using Marten;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Pipeline.Contracts;

namespace Pipeline.Benchmarks.Peers.MassTransit;

/// <summary>MassTransit with a Marten session a message, for accounts: the record is kept, the account is let in, and it is said.</summary>
internal sealed class PlainAccounts : IServed
{
    public string Role => "plain-accounts";

    public IHost Build(Addresses addresses) => PlainHost.Build(
        addresses,
        documents => documents.Schema.For<PlainRecord>().Identity(record => record.Key).UseOptimisticConcurrency(true),
        consumers => consumers.AddConsumer<PlainRecordConsumer>(),
        (bus, context) =>
        {
            bus.Message<RecordMessage>(message => message.SetEntityName(Exchanges.AccountDiscovered));
            bus.Message<AdmittedMessage>(message => message.SetEntityName(Exchanges.AccountAdmitted));
            bus.Endpoint<PlainRecordConsumer>(context, "plain-records");
        });
}

/// <summary>An account record as it comes.</summary>
public sealed class RecordMessage
{
    public required string Source { get; set; }

    public required string NativeId { get; set; }

    public required DateTimeOffset ObservedAt { get; set; }

    public required string AccountId { get; set; }

    public required string Name { get; set; }

    public DateOnly JoinDate { get; set; }
}

/// <summary>What is said of an account that is in.</summary>
public sealed record AdmittedMessage(string AccountId, string Name);

/// <summary>The record and the decision on it.</summary>
public sealed class PlainRecord
{
    public string Key { get; set; } = "";

    public string AccountId { get; set; } = "";

    public DateTimeOffset ObservedAt { get; set; }

    public bool Admitted { get; set; }
}

internal sealed class PlainRecordConsumer(IDocumentSession session) : IConsumer<RecordMessage>
{
    public async Task Consume(ConsumeContext<RecordMessage> context)
    {
        var message = context.Message;
        var key = $"{message.Source}/{message.NativeId}";
        var record = await session.LoadAsync<PlainRecord>(key, context.CancellationToken);
        if (record is not null && record.ObservedAt >= message.ObservedAt) return;
        record ??= new PlainRecord { Key = key };
        (record.AccountId, record.ObservedAt, record.Admitted) = (message.AccountId, message.ObservedAt, message.JoinDate > DateOnly.MinValue);
        session.Store(record);
        await session.SaveChangesAsync(context.CancellationToken);
        if (record.Admitted) await context.Publish(new AdmittedMessage(message.AccountId, message.Name));
    }
}
