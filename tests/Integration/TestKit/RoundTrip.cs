using Pipeline.TestKit;
using Pipeline.TestKit.Finding;
using static Pipeline.TestKit.Waiting;

namespace Pipeline.Integration.Tests.TestKit;

/// <summary>Proves that a broker and a database serve: a message makes the round, and text is UTF-8.</summary>
internal static class RoundTrip
{
    public static async Task Through(Servers servers)
    {
        await using var world = await World.On(servers);
        var queue = await world.Outsider.Listen("account-discovered");
        await world.Outsider.Publish("account-discovered", """{"source": "portal"}""");
        _ = await Eventually("the message is ready", () => world.Outsider.Depth(queue), depth => depth == 1);

        await using var command = world.Database.CreateCommand("show server_encoding");
        Assert.Equal("UTF8", await command.ExecuteScalarAsync());
    }
}
