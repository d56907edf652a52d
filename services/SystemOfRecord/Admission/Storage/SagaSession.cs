using Marten;
using MassTransit;
using MassTransit.Context;
using MassTransit.Saga;
using Pipeline.Hosting;
using Pipeline.Hosting.Announcements;

namespace Pipeline.SystemOfRecord.Admission.Storage;

/// <summary>
/// One message's dealings with its saga. A new saga is inserted and an old one updated against the version that was loaded, so
/// that of two who decide at once one fails and starts over. Nothing is caught here: a failure must reach the retry.
/// </summary>
internal sealed class SagaSession<T>(
    IDocumentSession session, ConsumeContext<T> context, ISagaConsumeContextFactory<IDocumentSession, AccountSaga> contexts, AnnouncementRelay relay, TimeProvider time)
    : ConsumeContextScope<T>(context), SagaRepositoryContext<AccountSaga, T> where T : class
{
    private readonly ConsumeContext<T> _context = context;

    public Task<SagaConsumeContext<AccountSaga, T>> Add(AccountSaga instance) => CreateSagaConsumeContext(_context, instance, SagaConsumeContextMode.Add);

    /// <summary>Never used: a saga is written once, after its first decision, not before it.</summary>
    public Task<SagaConsumeContext<AccountSaga, T>> Insert(AccountSaga instance) => throw new NotSupportedException("A saga is saved after its first decision.");

    public async Task<SagaConsumeContext<AccountSaga, T>> Load(Guid correlationId) =>
        await session.LoadAsync<AccountSaga>(correlationId, CancellationToken) is { } saga
            ? await CreateSagaConsumeContext(_context, saga, SagaConsumeContextMode.Load)
            : null!;

    public Task Save(SagaConsumeContext<AccountSaga> context)
    {
        context.Saga.Remember(time.GetUtcNow());
        session.Insert(context.Saga);
        return CommitAsync(context.Saga);
    }

    public Task Update(SagaConsumeContext<AccountSaga> context)
    {
        context.Saga.Remember(time.GetUtcNow());
        session.Update(context.Saga);
        return CommitAsync(context.Saga);
    }

    public Task Delete(SagaConsumeContext<AccountSaga> context) => throw new NotSupportedException("An account's story is never deleted.");

    public Task Discard(SagaConsumeContext<AccountSaga> context) => Task.CompletedTask;

    public Task Undo(SagaConsumeContext<AccountSaga> context) => Task.CompletedTask;

    public Task<SagaConsumeContext<AccountSaga, TMessage>> CreateSagaConsumeContext<TMessage>(ConsumeContext<TMessage> consumeContext, AccountSaga instance, SagaConsumeContextMode mode)
        where TMessage : class => contexts.CreateSagaConsumeContext(session, consumeContext, instance, mode);

    private async Task CommitAsync(AccountSaga saga)
    {
        var announcement = saga.ToSay.Count > 0 ? Announcement.Of([.. saga.ToSay], time) : null;
        if (announcement is not null)
            session.QueueSqlCommand("insert into announcements (id, messages) values (?, ?)", announcement.Id, announcement.Encode());
        CrashPoint.Reach("before-commit", "account");
        await session.SaveChangesAsync(CancellationToken);
        CrashPoint.Reach("after-commit", "account");
        saga.ToSay.Clear();
        Telemetry.Decisions.Add(1, new KeyValuePair<string, object?>("state", saga.CurrentState.ToLowerInvariant()));
        if (announcement is not null) await relay.SayAsync(announcement, CancellationToken);
    }
}
