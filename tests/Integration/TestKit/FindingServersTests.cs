using Pipeline.TestKit.Finding;

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
        await RoundTrip.Through(found);
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
}
