using System.Runtime.CompilerServices;

namespace Pipeline.TestKit;

/// <summary>One world for all tests of a class: <c>IClassFixture&lt;SharedWorld&gt;</c>.</summary>
/// <remarks>Made by the first test that asks, not before: xunit takes a skip from a test, but as a failure from a fixture.</remarks>
public sealed class SharedWorld : IAsyncDisposable
{
    private readonly Lock making = new();
    private Task<World>? world;

    public Task<World> World([CallerFilePath] string testFile = "")
    {
        lock (making) return world ??= Pipeline.TestKit.World.New(testFile);
    }

    public async ValueTask DisposeAsync()
    {
        if (world is { IsCompletedSuccessfully: true }) await (await world).DisposeAsync();
    }
}
