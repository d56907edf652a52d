using System.Text.Json;
using System.Text.Json.Nodes;
using Pipeline.Conformance.Tests.Harness;

namespace Pipeline.Conformance.Tests.Rules;

public sealed class PagingRules
{
    [Theory, MemberData(nameof(Subjects.Feeds), MemberType = typeof(Subjects))]
    public async Task Pages_and_passes_are_read_without_loss_and_without_repeat(string system, string feed)
    {
        await using var run = await Run.StartAsync(system, feed);
        await run.UntilPassesAsync(2);
        run.NothingIsLost();
        run.NothingIsRepeated();
        run.NothingUnknownWasAskedFor();
        Assert.Equal(Enumerable.Range(0, run.Script.Pages.Length), run.Server.Requests.Select(request => request.Page));
    }

    /// <summary>As where a record comes in before the place that has been reached: everything behind it moves on by one.</summary>
    [Theory, MemberData(nameof(Subjects.Feeds), MemberType = typeof(Subjects))]
    public async Task A_record_that_slides_onto_the_next_page_while_a_pass_goes_on_is_not_said_again(string system, string feed)
    {
        await using var run = await Run.StartAsync(system, feed);
        var slid = run.Script.RecordsOf(JsonNode.Parse(run.Fixture.Answer(run.Script.Pages[0]))!)[^1]!;
        run.Server.Alter = (page, body) => page == 1 ? StartingWith(slid, body, run.Script) : body;
        await run.UntilPassesAsync(2);
        run.NothingIsLost();
        run.NothingIsRepeated();
        Assert.InRange(run.Progress.Repeated, 1, long.MaxValue);
    }

    private static byte[] StartingWith(JsonNode record, byte[] body, FeedScript script)
    {
        var answer = JsonNode.Parse(body)!;
        script.RecordsOf(answer).Insert(0, record.DeepClone());
        return JsonSerializer.SerializeToUtf8Bytes(answer);
    }

    [Theory, MemberData(nameof(Subjects.Feeds), MemberType = typeof(Subjects))]
    public async Task A_process_that_dies_at_any_instant_skips_nothing_and_repeats_under_the_same_id(string system, string feed)
    {
        var deaths = 0;
        for (var died = true; died; deaths++)
        {
            await using var run = await Run.StartAsync(system, feed);
            var death = new Death(deaths + 1);
            run.Server.Misbehave = (_, context) => Task.FromResult(Dies(death, context));
            await run.UntilPassesAsync(2, death);
            died = death.Came;
            run.Server.Misbehave = (_, _) => Task.FromResult(false);
            if (run.Checkpoints.PassesEnded < 2) await run.UntilPassesAsync(2 - run.Checkpoints.PassesEnded);

            run.NothingIsLost();
            run.RepeatsCarryTheSameId();
            run.NothingUnknownWasAskedFor();
        }

        Assert.True(deaths > 10, $"Only {deaths} instants to die at were found.");
    }

    private static bool Dies(Death death, Microsoft.AspNetCore.Http.HttpContext context)
    {
        try
        {
            death.Step();
            return false;
        }
        catch (DeadException)
        {
            context.Abort();
            return true;
        }
    }
}
