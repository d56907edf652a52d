using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Pipeline.Connectors;
using Pipeline.Connectors.Engine;
using Pipeline.Connectors.Engine.Drift;

namespace Pipeline.Conformance.Tests.Harness;

/// <summary>The real engine, between a system and the recorders of what it published and stored. It may be started again and again.</summary>
public sealed class Engine(FastTime time)
{
    /// <summary>By the wall's clock. Far more than any run takes; a run that hangs ends here.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public Recorder Recorder { get; } = new();

    public KeptCheckpoints Checkpoints { get; } = new();

    public KeptShapes Shapes { get; set; } = new();

    public LogRecorder Logs { get; } = new();

    /// <summary>Of the newest start.</summary>
    public ProgressBoard Board { get; private set; } = new(time);

    public FeedSnapshot Progress => Board.Report().Single();

    /// <summary>Reads the system's feeds until this many passes, of all feeds together, have ended since now, or until it dies.</summary>
    public async Task UntilPassesAsync(ConfiguredSystem system, int passes, Death? death = null)
    {
        death ??= Death.Never;
        (Recorder.Death, Checkpoints.Death, Shapes.Death) = (death, death, death);
        await using var services = Services(system);
        Board = services.GetRequiredService<ProgressBoard>();
        var pollers = services.GetServices<IHostedService>().OfType<FeedPoller>().ToList();
        var done = StopAfter(passes, pollers);
        foreach (var poller in pollers) await poller.StartAsync(CancellationToken.None);
        try
        {
            await Task.WhenAny(done, death.Died).WaitAsync(Patience);
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"{passes} passes did not end. {string.Join(' ', Board.Report())}{Environment.NewLine}{string.Join(Environment.NewLine, Logs.Lines.TakeLast(20))}", exception);
        }

        foreach (var poller in pollers) await poller.StopAsync(CancellationToken.None);
    }

    /// <summary>Stops the pollers within the save that ends the last pass, so that none begins another.</summary>
    private Task StopAfter(int passes, IReadOnlyList<FeedPoller> pollers)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = 0;
        Checkpoints.Saved = checkpoint =>
        {
            if (checkpoint.Pass is not null || Interlocked.Increment(ref ended) < passes) return;
            foreach (var poller in pollers) _ = poller.StopAsync(CancellationToken.None);
            done.TrySetResult();
        };
        return done.Task;
    }

    private ServiceProvider Services(ConfiguredSystem system) => new ServiceCollection()
        .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs))
        .AddSingleton<TimeProvider>(time)
        .AddSingleton<IPublishRecords>(Recorder)
        .AddSingleton<IKeepCheckpoints>(Checkpoints)
        .AddSingleton<IKeepShapes>(Shapes)
        .AddConnectorEngine([system])
        .BuildServiceProvider();
}
