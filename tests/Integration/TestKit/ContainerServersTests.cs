using Pipeline.TestKit;
using Pipeline.TestKit.Finding;

namespace Pipeline.Integration.Tests.TestKit;

public sealed class ContainerServersTests
{
    [Fact]
    public async Task Containers_serve_where_a_docker_engine_answers()
    {
        var containers = await ContainerServers.Start();
        // A machine may have no engine for good, CI's too: the packages serve there.
        if (containers.Found is null) throw Prerequisite.Absent(containers.Reason);
        await RoundTrip.Through(containers.Found);
    }
}
