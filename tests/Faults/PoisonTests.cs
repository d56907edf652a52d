using Pipeline.Faults.Tests.Checking;
using Pipeline.Faults.Tests.Load;
using Pipeline.Faults.Tests.Surroundings;

namespace Pipeline.Faults.Tests;

[Collection("site")]
public sealed class PoisonTests(Site site)
{
    [Fact]
    public async Task Messages_that_the_program_fails_on_are_given_up_after_five_attempts_and_hold_nothing_up()
    {
        var poisons = Sizes.Of(100, 1000);
        await using var run = await FaultRun.Start(site, Traffic.Of(Sizes.Of(100_000, 1_000_000), seed: 11).With(poisons, seed: 12), perSecond: 1000);
        await using (var trap = run.World.Database.CreateCommand(
            """
            create function gatekeeper.fail() returns trigger language plpgsql as $$ begin
                if new.native_id like 'poison%' then raise exception 'no such luck'; end if;
                return new;
            end $$;
            create trigger fail before insert on gatekeeper.objects for each row execute function gatekeeper.fail();
            create trigger fail before insert on gatekeeper.parked for each row execute function gatekeeper.fail();
            """))
            await trap.ExecuteNonQueryAsync();
        await run.Publish();
        await run.KeepsPace();
        await run.EndsWell(dead: poisons);
        Assert.Equal(0, await run.Number("select count(*) from gatekeeper.dead where reason <> 'handler_failed' or detail not similar to '%after [1-5] attempts%'"));
    }
}
