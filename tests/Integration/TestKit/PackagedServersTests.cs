using Pipeline.TestKit.Finding;

namespace Pipeline.Integration.Tests.TestKit;

public sealed class PackagedServersTests
{
    [Fact]
    public async Task Packages_of_the_distribution_serve_in_a_folder_of_their_own()
    {
        var run = Directory.CreateTempSubdirectory("pipeline-packages-").FullName;
        try
        {
            var servers = (await PackagedServers.Up(run, force: "local")).OrMissing();
            await RoundTrip.Through(servers);

            var again = (await PackagedServers.Up(run, force: "local")).OrMissing();
            Assert.Equal(servers, again);
        }
        finally
        {
            _ = await PackagedServers.Down(run);
            Directory.Delete(run, recursive: true);
        }
    }
}
