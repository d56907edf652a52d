using Microsoft.AspNetCore.Builder;
using Pipeline.Gatekeeper;
using Pipeline.TestKit;

namespace Pipeline.Integration.Tests.Gatekeeper;

internal static class GatekeeperInProcess
{
    /// <summary>The gatekeeper of this world, as it ships, not yet started: for tests that use its parts themselves.</summary>
    public static WebApplication Gatekeeper(this World world) =>
        GatekeeperService.Build(["--urls=http://127.0.0.1:0", $"--PIPELINE_RABBITMQ={world.RabbitMq}", $"--PIPELINE_POSTGRES={world.Postgres}", "--Logging:LogLevel:Default=Error"]);
}
