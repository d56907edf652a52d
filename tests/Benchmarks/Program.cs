using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Pipeline.Benchmarks;
using Pipeline.Contracts;
using Pipeline.Gatekeeper;
using Pipeline.TestKit;

// W1: every account is known, the queue is full before the clock starts; from the start of the service to the last row and the last announcement.
// W2: the children came first and are parked; from the first admission to the last release.
var load = new Load(children: args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 100_000, accounts: 5_000);
Console.WriteLine($"{load.Children:N0} children of about 1 kB over 5,000 accounts, {Environment.ProcessorCount} processors, generator idle while the clock runs");

await using (var world = await World.New())
{
    await using (var seeding = await Start(world))
    {
        await world.Outsider.Publish(Exchanges.AccountAdmitted, load.AdmissionBodies());
        await Until(world, "select count(*) from gatekeeper.accounts", 5_000);
    }

    await world.Outsider.Publish(Exchanges.ChildObjectReceived, load.ChildBodies());
    await Measure("W1 known accounts", world, async () => await Start(world));
}

await using (var world = await World.New())
{
    await using var gatekeeper = await Start(world);
    await world.Outsider.Publish(Exchanges.ChildObjectReceived, load.ChildBodies());
    await Until(world, "select count(*) from gatekeeper.parked", load.Children);
    await Measure("W2 release of all that is parked", world, async () =>
    {
        await world.Outsider.Publish(Exchanges.AccountAdmitted, load.AdmissionBodies());
        return null;
    });
}

async Task Measure(string what, World world, Func<Task<WebApplication?>> begin)
{
    var (clock, processor) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
    await using var started = await begin();
    await Until(world, "select count(*) from gatekeeper.objects", load.Children);
    await Until(world, "select count(*) from gatekeeper.announcements", 0);
    var seconds = clock.Elapsed.TotalSeconds;
    var spent = (Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds;
    Console.WriteLine($"{what}: {load.Children / seconds:N0} messages/s ({seconds:N1} s, {spent / load.Children * 10_000:N2} processor seconds per 10,000 in this process)");
}

static async Task<WebApplication?> Start(World world)
{
    var app = GatekeeperService.Build([$"--PIPELINE_RABBITMQ={world.RabbitMq}", $"--PIPELINE_POSTGRES={world.Postgres}", "--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning"]);
    await app.StartAsync();
    return app;
}

static Task<long> Until(World world, string sql, long count) => Waiting.Eventually($"{sql} is {count}", async () =>
{
    await using var command = world.Database.CreateCommand(sql);
    return (long)(await command.ExecuteScalarAsync())!;
}, seen => seen == count, TimeSpan.FromMinutes(5));
