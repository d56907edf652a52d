using MassTransit;
using MassTransit.Saga;

namespace Pipeline.SystemOfRecord.Admission.Storage;

/// <summary>Brings MassTransit's saga pipeline and the stored sagas together.</summary>
public sealed class SagaRepository(StoredSagas sagas, ISagaConsumeContextFactory<StoredSagas, AccountSaga> contexts) : ISagaRepositoryContextFactory<AccountSaga>
{
    public Task Send<T>(ConsumeContext<T> context, IPipe<SagaRepositoryContext<AccountSaga, T>> next) where T : class =>
        next.Send(new SagaSession<T>(sagas, context, contexts));

    public Task SendQuery<T>(ConsumeContext<T> context, ISagaQuery<AccountSaga> query, IPipe<SagaRepositoryQueryContext<AccountSaga, T>> next) where T : class =>
        throw new NotSupportedException("Accounts are found by their id, never by a query.");

    public void Probe(ProbeContext context) => context.Add("persistence", "marten");
}
