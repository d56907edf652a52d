using Marten;
using MassTransit;
using MassTransit.Saga;
using Pipeline.Hosting.Announcements;

namespace Pipeline.SystemOfRecord.Admission.Storage;

/// <summary>Keeps account sagas as Marten documents: a session a message, and one transaction for the saga and what it announces.</summary>
public sealed class SagaRepository(IDocumentStore store, ISagaConsumeContextFactory<IDocumentSession, AccountSaga> contexts, AnnouncementRelay relay, TimeProvider time)
    : ISagaRepositoryContextFactory<AccountSaga>
{
    public async Task Send<T>(ConsumeContext<T> context, IPipe<SagaRepositoryContext<AccountSaga, T>> next) where T : class
    {
        // A session that has failed keeps the failed operation and fails again, so each attempt has its own.
        await using var session = store.LightweightSession();
        await next.Send(new SagaSession<T>(session, context, contexts, relay, time));
    }

    public Task SendQuery<T>(ConsumeContext<T> context, ISagaQuery<AccountSaga> query, IPipe<SagaRepositoryQueryContext<AccountSaga, T>> next) where T : class =>
        throw new NotSupportedException("Accounts are found by their id, never by a query.");

    public void Probe(ProbeContext context) => context.Add("persistence", "marten");
}
