using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Pipeline.Benchmarks;
using Pipeline.Contracts;
using Pipeline.SystemOfRecord;
using Pipeline.TestKit;
using static Pipeline.Benchmarks.Running;

// W1: every account is known, the queue is full before the clock starts; from the start of the service to the last row and the last announcement.
// W2: the children came first and are parked; from the first admission to the last release.
// U: usage events, a hundred for each other child. How long the others take alone, beside the events in their own queue, and behind them in the common one.
// W9: account records that pass, through the records and the sagas; from the start of the service to the last saga and the last announcement.
var load = new Load(children: args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 100_000, accounts: 5_000);
Console.WriteLine($"{load.Children:N0} children of about 1 kB over 5,000 accounts, {Environment.ProcessorCount} processors, generator idle while the clock runs");

if (args is [_, "U"])
{
    await UsageEvents.MeasureAsync(load.Children);
    return;
}

if (args is not [_, "W9"])
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

if (args is not [_, "W9"])
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

await using (var world = await World.New())
{
    await using (var first = await Start(world, SystemOfRecordService.Build)) await first!.StopAsync(); // makes the tables and queues

    await world.Outsider.Publish(Exchanges.AccountDiscovered, load.RecordBodies());
    await Measure("W9 initial load of accounts", world, async () => await Start(world, SystemOfRecordService.Build), load.Accounts, "system_of_record.mt_doc_account", "system_of_record");
}

async Task Measure(string what, World world, Func<Task<WebApplication?>> begin, int? count = null, string table = "gatekeeper.objects", string schema = "gatekeeper")
{
    var messages = count ?? load.Children;
    var (clock, processor) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
    await using var started = await begin();
    await Until(world, $"select count(*) from {table}", messages);
    await Until(world, $"select count(*) from {schema}.announcements", 0);
    var seconds = clock.Elapsed.TotalSeconds;
    var spent = (Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds;
    Console.WriteLine($"{what}: {messages / seconds:N0}/s ({messages:N0} in {seconds:N1} s, {spent / messages * 10_000:N2} processor seconds per 10,000 in this process)");
}
