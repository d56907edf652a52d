using JasperFx;
using Marten;
using MassTransit;
using MassTransit.Configuration;
using MassTransit.Saga;
using Npgsql;
using Pipeline.Hosting.Storage;

namespace Pipeline.SystemOfRecord.Admission.Storage;

internal static class SagaStorage
{
    /// <summary>Account sagas in the service's own schema, over the service's own connections.</summary>
    public static void AddSagaStorage(this IServiceCollection services)
    {
        services.AddSingleton<IDocumentStore>(provider => DocumentStore.For(options =>
        {
            options.Connection(provider.GetRequiredService<NpgsqlDataSource>());
            options.DatabaseSchemaName = provider.GetRequiredService<Schema>().Name;
            options.AutoCreateSchemaObjects = AutoCreate.CreateOrUpdate;
            options.Schema.For<AccountSaga>().Identity(saga => saga.CorrelationId).DocumentAlias("account").UseOptimisticConcurrency(true)
                .Duplicate(saga => saga.CurrentState).Metadata(metadata => metadata.Version.MapTo(saga => saga.StoredVersion));
        }));
        services.AddSingleton<StoredSagas>();
        services.AddHostedService<SagaStorageStart>();
    }

    public static void InMarten(this ISagaRegistrationConfigurator<AccountSaga> saga) => saga.Repository(repository =>
        repository.RegisterSagaRepository<AccountSaga, StoredSagas, SagaConsumeContextFactory<StoredSagas, AccountSaga>, SagaRepository>());

    /// <summary>Makes the tables at the start, not on the first message.</summary>
    private sealed class SagaStorageStart(IDocumentStore store) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
