using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Pipeline.Connectors.Engine;

namespace Pipeline.Conformance.Tests.Harness;

/// <summary>One feed of one system, read by the real engine from a real server; what it published and stored outlives the engine.</summary>
public sealed class Run : IAsyncDisposable
{
    /// <summary>By the wall's clock. Far more than any run takes; a run that hangs ends here.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private Run(Fixture fixture, string feed, FastTime time, VendorServer server)
    {
        (Fixture, Feed, Time, Server) = (fixture, feed, time, server);
        Progress = new ProgressBoard(time);
    }

    public Fixture Fixture { get; }

    public string Feed { get; }

    public FastTime Time { get; }

    public VendorServer Server { get; }

    public Recorder Recorder { get; } = new();

    public KeptCheckpoints Checkpoints { get; } = new();

    public LogRecorder Logs { get; } = new();

    public ProgressBoard Progress { get; private set; }

    public FeedScript Script => Fixture.Script(Feed);

    public static async Task<Run> StartAsync(string system, string feed)
    {
        var fixture = Fixture.Of(system);
        var time = new FastTime();
        return new Run(fixture, feed, time, await VendorServer.StartAsync(fixture, feed, time));
    }

    /// <summary>Runs the engine until this many passes have ended since it was started, or until it dies.</summary>
    public async Task UntilPassesAsync(int passes, Death? death = null)
    {
        death ??= Death.Never;
        (Recorder.Death, Checkpoints.Death) = (death, death);
        await using var engine = Engine();
        Progress = engine.GetRequiredService<ProgressBoard>();
        var poller = engine.GetServices<IHostedService>().OfType<FeedPoller>().Single();
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = 0;
        Checkpoints.Saved = checkpoint =>
        {
            if (checkpoint.Pass is not null || ++ended < passes) return;
            _ = poller.StopAsync(CancellationToken.None);
            done.TrySetResult();
        };

        await poller.StartAsync(CancellationToken.None);
        try
        {
            await Task.WhenAny(done.Task, death.Died).WaitAsync(Patience);
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"{Fixture.Connector.System} {Feed}: {passes} passes did not end. {Progress.Report().Feeds.Single()}{Environment.NewLine}{string.Join(Environment.NewLine, Logs.Lines.TakeLast(20))}", exception);
        }

        await poller.StopAsync(CancellationToken.None);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private ServiceProvider Engine()
    {
        var system = Fixture.Configure(Server.Address);
        var only = system with { System = system.System with { Feeds = [.. system.System.Feeds.Where(feed => feed.Name == Feed)] } };
        return new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs))
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton<IPublishRecords>(Recorder)
            .AddSingleton<IKeepCheckpoints>(Checkpoints)
            .AddConnectorEngine([only])
            .BuildServiceProvider();
    }
}
