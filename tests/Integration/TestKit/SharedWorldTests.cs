using Pipeline.TestKit;

namespace Pipeline.Integration.Tests.TestKit;

public sealed class SharedWorldTests(SharedWorld shared) : IClassFixture<SharedWorld>
{
    [Fact]
    public async Task Every_test_of_a_class_gets_the_same_world()
    {
        var world = await shared.World();
        Assert.Same(world, await shared.World());
        Assert.Contains("sharedworldtests", world.RabbitMq.AbsolutePath, StringComparison.Ordinal);
        Assert.Contains("sharedworldtests", world.Postgres, StringComparison.Ordinal);
    }
}
