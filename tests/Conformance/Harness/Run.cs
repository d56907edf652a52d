using Pipeline.Connectors;
using Pipeline.Connectors.Engine;

namespace Pipeline.Conformance.Tests.Harness;

/// <summary>One feed of one connector, read from the server that plays its fixture.</summary>
public sealed class Run : IAsyncDisposable
{
    private readonly Engine _engine;

    private Run(Fixture fixture, string feed, FastTime time, VendorServer server)
    {
        (Fixture, Script, Time, Server) = (fixture, fixture.Script(feed), time, server);
        _engine = new Engine(time);
        var system = fixture.Configure(server.Address);
        System = system with { System = system.System with { Feeds = [.. system.System.Feeds.Where(candidate => candidate.Name == feed)] } };
    }

    public Fixture Fixture { get; }

    public FeedScript Script { get; }

    public FastTime Time { get; }

    public VendorServer Server { get; }

    public ConfiguredSystem System { get; set; }

    public Recorder Recorder => _engine.Recorder;

    public KeptCheckpoints Checkpoints => _engine.Checkpoints;

    public KeptShapes Shapes
    {
        get => _engine.Shapes;
        set => _engine.Shapes = value;
    }

    public LogRecorder Logs => _engine.Logs;

    public ProgressBoard Board => _engine.Board;

    public FeedSnapshot Progress => _engine.Progress;

    public static async Task<Run> StartAsync(string system, string feed)
    {
        var fixture = Fixture.Of(system);
        var time = new FastTime();
        return new Run(fixture, feed, time, await VendorServer.StartAsync(fixture, fixture.Script(feed), time));
    }

    /// <inheritdoc cref="Engine.UntilPassesAsync"/>
    public Task UntilPassesAsync(int passes, Death? death = null) => _engine.UntilPassesAsync(System, passes, death);

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
