using MassTransit;
using MassTransit.Context;
using MassTransit.Saga;

namespace Pipeline.SystemOfRecord.Admission.Storage;

/// <summary>
/// One message's dealings with its saga. A new saga is inserted and an old one updated against the version that was loaded, so
/// that of two who decide at once one fails and starts over. Nothing is caught here: a failure must reach the retry.
/// </summary>
internal sealed class SagaSession<T>(StoredSagas sagas, ConsumeContext<T> context, ISagaConsumeContextFactory<StoredSagas, AccountSaga> contexts)
    : ConsumeContextScope<T>(context), SagaRepositoryContext<AccountSaga, T> where T : class
{
    private readonly ConsumeContext<T> _context = context;

    public Task<SagaConsumeContext<AccountSaga, T>> Add(AccountSaga instance) => CreateSagaConsumeContext(_context, instance, SagaConsumeContextMode.Add);

    /// <summary>Never used: a saga is written once, after its first decision, not before it.</summary>
    public Task<SagaConsumeContext<AccountSaga, T>> Insert(AccountSaga instance) => throw new NotSupportedException("A saga is saved after its first decision.");

    public async Task<SagaConsumeContext<AccountSaga, T>> Load(Guid correlationId) =>
        await sagas.LoadAsync(correlationId) is { } saga
            ? await CreateSagaConsumeContext(_context, saga, SagaConsumeContextMode.Load)
            : null!;

    public Task Save(SagaConsumeContext<AccountSaga> context) => sagas.SaveAsync(context.Saga, isNew: true);

    /// <summary>Old news decides nothing, and leaves nothing to be written.</summary>
    public Task Update(SagaConsumeContext<AccountSaga> context) => context.Saga.Verdict is null ? Task.CompletedTask : sagas.SaveAsync(context.Saga, isNew: false);

    public Task Delete(SagaConsumeContext<AccountSaga> context) => throw new NotSupportedException("An account's story is never deleted.");

    public Task Discard(SagaConsumeContext<AccountSaga> context) => Task.CompletedTask;

    public Task Undo(SagaConsumeContext<AccountSaga> context) => Task.CompletedTask;

    public Task<SagaConsumeContext<AccountSaga, TMessage>> CreateSagaConsumeContext<TMessage>(ConsumeContext<TMessage> consumeContext, AccountSaga instance, SagaConsumeContextMode mode)
        where TMessage : class => contexts.CreateSagaConsumeContext(sagas, consumeContext, instance, mode);
}
