using Pipeline.TestKit;
using Pipeline.TestKit.Finding;
using static Pipeline.TestKit.Waiting;

namespace Pipeline.Integration.Tests.TestKit;

public sealed class FindingServersTests
{
    [Fact]
    public async Task Given_addresses_are_used_as_they_are()
    {
        var running = await Servers.Shared();
        var given = new Dictionary<string, string?>
        {
            [GivenServers.RabbitMq] = running.RabbitMq.OriginalString,
            [GivenServers.Management] = running.Management.OriginalString,
            [GivenServers.Postgres] = running.Postgres,
        };

        var found = (await Servers.Find(given.GetValueOrDefault)).OrMissing();

        Assert.Equal(running with { Source = "environment variables" }, found);
        await A_message_makes_the_round_through(found);
    }

    [Fact]
    public async Task A_given_broker_without_a_management_api_is_refused_by_the_name_of_the_variable()
    {
        var running = await Servers.Shared();
        var given = new Dictionary<string, string?>
        {
            [GivenServers.RabbitMq] = running.RabbitMq.OriginalString,
            [GivenServers.Management] = "http://127.0.0.1:1",
            [GivenServers.Postgres] = running.Postgres,
        };

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => Servers.Find(given.GetValueOrDefault));
        Assert.Contains(GivenServers.Management, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(running.RabbitMq.UserInfo, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Containers_serve_where_a_docker_engine_answers()
    {
        var containers = await ContainerServers.Start();
        // A machine may have no engine for good, CI's too: the packages serve there.
        if (containers.Found is null) throw Prerequisite.Absent(containers.Reason);
        await A_message_makes_the_round_through(containers.Found);
    }

    [Fact]
    public async Task Packages_of_the_distribution_serve_in_a_folder_of_their_own()
    {
        var run = Directory.CreateTempSubdirectory("pipeline-packages-").FullName;
        try
        {
            var servers = (await PackagedServers.Up(run, force: "local")).OrMissing();
            await A_message_makes_the_round_through(servers);

            var again = (await PackagedServers.Up(run, force: "local")).OrMissing();
            Assert.Equal(servers, again);
        }
        finally
        {
            _ = await PackagedServers.Down(run);
            Directory.Delete(run, recursive: true);
        }
    }

    private static async Task A_message_makes_the_round_through(Servers servers)
    {
        await using var world = await World.On(servers);
        var queue = await world.Outsider.Listen("account-discovered");
        await world.Outsider.Publish("account-discovered", """{"source": "portal"}""");
        _ = await Eventually("the message is ready", () => world.Outsider.Depth(queue), depth => depth == 1);

        await using var command = world.Database.CreateCommand("show server_encoding");
        Assert.Equal("UTF8", await command.ExecuteScalarAsync());
    }
}
