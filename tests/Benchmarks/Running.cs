using Microsoft.AspNetCore.Builder;
using Pipeline.Gatekeeper;
using Pipeline.TestKit;

namespace Pipeline.Benchmarks;

/// <summary>Services on a world of their own, and what the tables say of them.</summary>
internal static class Running
{
    public static async Task<WebApplication?> Start(World world, Func<string[], WebApplication>? build = null)
    {
        var app = (build ?? GatekeeperService.Build)(
        [
            $"--PIPELINE_RABBITMQ={world.RabbitMq}", $"--PIPELINE_POSTGRES={world.Postgres}", "--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning", $"--Rules:File={RulesFileOf.All("crm")}",
        ]);
        await app.StartAsync();
        return app;
    }

    public static Task<long> Until(World world, string sql, long count) => Waiting.Eventually($"{sql} is {count}", async () => await world.Number(sql), seen => seen == count, TimeSpan.FromMinutes(5));
}
