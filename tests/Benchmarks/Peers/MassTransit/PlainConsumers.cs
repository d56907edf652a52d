using Marten;
using MassTransit;
using Pipeline.Benchmarks.Peers.Job;

namespace Pipeline.Benchmarks.Peers.MassTransit;

/// <summary>A child as a document, in or waiting.</summary>
public sealed class PlainChild
{
    public Guid Id { get; set; }

    public string Source { get; set; } = "";

    public string ObjectType { get; set; } = "";

    public string NativeId { get; set; } = "";

    public string AccountId { get; set; } = "";

    public DateTimeOffset ObservedAt { get; set; }

    public bool Waits { get; set; }

    public string Data { get; set; } = "";
}

/// <summary>An account that is in.</summary>
public sealed class PlainAccount
{
    public string AccountId { get; set; } = "";

    public string Name { get; set; } = "";
}

internal sealed class PlainChildConsumer(IDocumentSession session) : IConsumer<ChildMessage>
{
    public async Task Consume(ConsumeContext<ChildMessage> context)
    {
        var message = context.Message;
        var known = await session.LoadAsync<PlainChild>(message.Key, context.CancellationToken);
        if (known is not null && known.ObservedAt >= message.ObservedAt) return;
        var account = await session.LoadAsync<PlainAccount>(message.AccountId, context.CancellationToken);
        session.Store(new PlainChild
        {
            Id = message.Key, Source = message.Source, ObjectType = message.ObjectType, NativeId = message.NativeId, AccountId = message.AccountId,
            ObservedAt = message.ObservedAt, Waits = account is null, Data = message.Data.GetRawText(),
        });
        await session.SaveChangesAsync(context.CancellationToken);
        if (account is not null) await context.Publish(AcceptedMessage.Of(message.Source, message.ObjectType, message.NativeId, message.ObservedAt, message.AccountId));
    }
}

internal sealed class PlainAdmissionConsumer(IDocumentSession session) : IConsumer<AdmissionMessage>
{
    public async Task Consume(ConsumeContext<AdmissionMessage> context)
    {
        var message = context.Message;
        session.Store(new PlainAccount { AccountId = message.AccountId, Name = message.Name });
        var waiting = await session.Query<PlainChild>().Where(child => child.AccountId == message.AccountId && child.Waits).ToListAsync(context.CancellationToken);
        foreach (var child in waiting)
        {
            child.Waits = false;
            session.Store(child);
        }

        await session.SaveChangesAsync(context.CancellationToken);
        foreach (var child in waiting) await context.Publish(AcceptedMessage.Of(child.Source, child.ObjectType, child.NativeId, child.ObservedAt, child.AccountId));
    }
}
