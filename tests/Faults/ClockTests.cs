using System.Text;
using Pipeline.Contracts;
using Pipeline.Faults.Tests.Surroundings;
using Pipeline.TestKit;
using static Pipeline.TestKit.Waiting;

namespace Pipeline.Faults.Tests;

/// <summary>One worker's clock is an hour off, and steps while it works: deadlines are the database's.</summary>
[Collection("site")]
public sealed class ClockTests(Site site)
{
    private static readonly string Library = $"/usr/lib/{(System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? "aarch64" : "x86_64")}-linux-gnu/faketime/libfaketimeMT.so.1";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(6);

    [Theory]
    [InlineData("+1h")]
    [InlineData("-1h")]
    public async Task A_clock_may_step_by_an_hour_and_no_deadline_moves_by_more_than_a_second(string step)
    {
        if (!File.Exists(Library)) throw Prerequisite.Missing($"{Library} is not there; infra/scripts/install-prerequisites installs it.");
        await site.IsWell();
        await using var world = await World.On(site.OverTheWires, "faults");
        var clock = Path.GetTempFileName();
        await File.WriteAllTextAsync(clock, "+0");
        try
        {
            await using var gatekeeper = await ServiceProcess.Start("Gatekeeper", world, ("Deadlines__desk__ticket", Deadline.ToString()),
                ("LD_PRELOAD", Library), ("FAKETIME_TIMESTAMP_FILE", clock), ("FAKETIME_NO_CACHE", "1"), ("FAKETIME_DONT_FAKE_MONOTONIC", "1"));
            for (var round = 0; round < Sizes.Of(1, 5); round++)
            {
                await Park(world, round, "before");
                await File.WriteAllTextAsync(clock, step);
                await Park(world, round, "after");
                await File.WriteAllTextAsync(clock, "+0");
                await Park(world, round, "back");
            }

            var all = 300 * Sizes.Of(1, 5);
            await Eventually("all are given up", () => world.Number("select count(*) from gatekeeper.dead"), count => count == all, TimeSpan.FromSeconds(60));
            // From its sending, by the clock that the database has too: two seconds are for the way, and one for the look for what is over time, which comes each second.
            var off = await Seconds(world, $"select extract(epoch from died_at - to_timestamp(split_part(native_id, ' ', 2)::bigint / 1000.0)) - {Deadline.TotalSeconds} from gatekeeper.dead");
            Assert.InRange(off.Min(), 0, 3);
            Assert.InRange(off.Max(), 0, 3);
        }
        finally
        {
            File.Delete(clock);
        }
    }

    /// <summary>A hundred that wait in vain; each bears the time at which it was sent.</summary>
    private static async Task Park(World world, int round, string when)
    {
        var before = await world.Number("select count(*) from gatekeeper.parked") + await world.Number("select count(*) from gatekeeper.dead");
        var sent = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await world.Outsider.Publish(Exchanges.ChildObjectReceived, Enumerable.Range(0, 100).Select(number => Encoding.UTF8.GetBytes(
            $$$"""{"source":"desk","object_type":"ticket","native_id":"{{{when}}}-{{{round}}}-{{{number}}} {{{sent}}}","observed_at":"2026-01-01T00:00:00Z","account_id":"never","data":{}}""")));
        await Eventually("they wait", async () => await world.Number("select count(*) from gatekeeper.parked") + await world.Number("select count(*) from gatekeeper.dead"), count => count >= before + 100);
    }

    private static async Task<List<double>> Seconds(World world, string sql)
    {
        await using var command = world.Database.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync();
        var seconds = new List<double>();
        while (await rows.ReadAsync()) seconds.Add((double)rows.GetDecimal(0));
        return seconds;
    }
}
