using Microsoft.AspNetCore.Http;
using Pipeline.Conformance.Tests.Harness;

namespace Pipeline.Conformance.Tests.Rules;

/// <summary>What passes by itself or has a shape of its own; the faults that go on until they are shown are in <see cref="FaultRules"/>.</summary>
public sealed class FailureRules
{
    [Theory, MemberData(nameof(Subjects.Feeds), MemberType = typeof(Subjects))]
    public Task Json_of_another_shape_is_survived_and_shown(string system, string feed) => SurvivesAsync(system, feed, "The answer has no", (context, _) =>
        context.Response.WriteAsJsonAsync(new { message = "Scheduled maintenance" }));

    [Theory, MemberData(nameof(Subjects.Feeds), MemberType = typeof(Subjects))]
    public Task An_answer_that_breaks_off_is_retried_without_a_word(string system, string feed) => SurvivesAsync(system, feed, null, async (context, body) =>
    {
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2));
        await context.Response.Body.FlushAsync();
        await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, CancellationToken.None); // for the first half to arrive
        context.Abort();
    });

    [Theory, MemberData(nameof(Subjects.Feeds), MemberType = typeof(Subjects))]
    public Task A_server_error_and_a_broken_connection_are_retried_without_a_word(string system, string feed) => SurvivesAsync(system, feed, null, (context, _) =>
    {
        if (Random.Shared.Next(2) == 0) context.Abort();
        else context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Task.CompletedTask;
    });

    /// <summary>The second and the third data request go wrong.</summary>
    private static async Task SurvivesAsync(string system, string feed, string? shown, Func<HttpContext, byte[], Task> wrong)
    {
        await using var run = await Run.StartAsync(system, feed);
        run.Server.Misbehave = async (number, context) =>
        {
            if (number is not (2 or 3)) return false;
            await wrong(context, run.Fixture.Answer(run.Script.Pages[1]));
            return true;
        };
        await run.UntilPassesAsync(2);

        var error = run.Progress.LastError;
        if (shown is null) Assert.Null(error);
        else Assert.Contains(shown, error, StringComparison.Ordinal);
        run.NothingIsLost();
        run.NothingIsRepeated();
    }
}
