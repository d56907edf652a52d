using MassTransit;
using Pipeline.Hosting.Broker;
using Pipeline.Hosting.Storage;

namespace Pipeline.SystemOfRecord.Admission;

/// <summary>How cases are delivered: one at a time for an account, many accounts side by side; failures of the surroundings are waited out.</summary>
public sealed class AccountSagaDefinition : SagaDefinition<AccountSaga>
{
    /// <summary>Accounts decided at once. They share statements and commits (<see cref="Storage.StoredSagas"/>), so more of them cost the database less each.</summary>
    private const int SideBySide = 256;

    public AccountSagaDefinition()
    {
        EndpointName = BrokerTopology.AccountSaga;
        ConcurrentMessageLimit = SideBySide;
    }

    protected override void ConfigureSaga(IReceiveEndpointConfigurator endpointConfigurator, ISagaConfigurator<AccountSaga> sagaConfigurator, IRegistrationContext context)
    {
        endpointConfigurator.ConfigureConsumeTopology = false; // cases come straight to the queue, from the transaction that made them
        endpointConfigurator.PublishFaults = false; // nobody listens, and one whose exception cannot be written as JSON hides it
        if (endpointConfigurator is IRabbitMqReceiveEndpointConfigurator rabbit)
            foreach (var (name, value) in BrokerTopology.GuardedQuorum()) rabbit.SetQueueArgument(name, value!);

        // What the program itself fails on is tried five times in all, as everywhere.
        endpointConfigurator.UseMessageRetry(retry =>
        {
            retry.Ignore<Exception>(Transient.Is);
            retry.Interval(4, TimeSpan.FromMilliseconds(500));
        });
        // A saga that another replica changed meanwhile is loaded again at once; a database that is away is waited for.
        endpointConfigurator.UseMessageRetry(retry =>
        {
            retry.Handle<Exception>(Transient.Is);
            retry.Interval(10_000, TimeSpan.FromSeconds(2));
        });
        endpointConfigurator.UseMessageRetry(retry =>
        {
            retry.Handle<JasperFx.ConcurrencyException>();
            retry.Handle<JasperFx.DocumentAlreadyExistsException>();
            retry.Immediate(10);
        });
        var accounts = endpointConfigurator.CreatePartitioner(SideBySide);
        sagaConfigurator.Message<CaseChanged>(message => message.UsePartitioner(accounts, changed => changed.Message.Case.AccountId));
    }
}
