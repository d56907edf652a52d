using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pipeline.Connectors;
using Pipeline.Connectors.Checking;
using Pipeline.Connectors.Engine;
using Pipeline.Contracts.Operations;

namespace Pipeline.Conformance.Tests.Harness;

/// <summary>The checks as the service has them, without its pollers; what they may not do, publish and store, is recorded.</summary>
public sealed class Checked : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly ConfiguredSystem _system;

    public Checked(ConfiguredSystem system, TimeProvider time)
    {
        _system = system;
        _services = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs))
            .AddSingleton(time)
            .AddSingleton<IPublishRecords>(Recorder)
            .AddSingleton<IKeepCheckpoints>(Checkpoints)
            .AddConnectorEngine([system])
            .AddChecking([system], [new Named(system)])
            .BuildServiceProvider();
    }

    public Recorder Recorder { get; } = new();

    public KeptCheckpoints Checkpoints { get; } = new();

    public LogRecorder Logs { get; } = new();

    public PaceGate Gate => _services.GetRequiredKeyedService<PaceGate>(_system.Name);

    public async Task<CheckReport> RunAsync() => (await _services.GetRequiredService<SystemChecks>().CheckAsync(_system.Name, CancellationToken.None))!;

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private sealed class Named(ConfiguredSystem system) : IConnector
    {
        public string System => system.Name;

        public SourceSystem Describe(SystemSettings settings) => system.System;
    }
}
