using System.Net;
using System.Net.Http.Headers;
using Pipeline.TestKit;
using static Pipeline.TestKit.Waiting;

namespace Pipeline.Integration.Tests.Flows;

/// <summary>What each role may see and do over the API, whichever endpoint it asks.</summary>
public sealed class RoleTests
{
    [Fact]
    public async Task A_reader_is_told_no_address_by_any_answer_and_may_change_nothing()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world, "--PIPELINE_READER_KEY=reader", "--Deadlines:desk:short=00:00:01");
        await pipeline.Child("waits", "\"email\":\"jo.doe@old.example\"");
        await pipeline.Child("died", "\"email\":\"jo.doe@old.example\"", type: "short");
        await pipeline.Why("waits", "parked");
        var letter = Assert.Single(await pipeline.DeadLetters(1));
        Assert.Equal("email jo.doe@old.example", letter.WaitedFor); // an admin sees it

        using var reader = new HttpClient { BaseAddress = pipeline.Office };
        reader.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "reader");
        foreach (var path in (string[])["parked", "why?source=desk&type=ticket&id=waits", "dead-letters", "dead-letters/page", "dead-letters/groups", $"dead-letters/{letter.Id}", "status", "ledger", "operations"])
        {
            var answer = await reader.GetStringAsync(new Uri($"/api/{path}", UriKind.Relative));
            Assert.DoesNotContain("jo.doe", answer, StringComparison.Ordinal);
            System.Text.Json.JsonDocument.Parse(answer).Dispose();
        }

        Assert.Contains("•••@old.example", await reader.GetStringAsync(new Uri("/api/parked", UriKind.Relative)), StringComparison.Ordinal);
        foreach (var path in (string[])["operations", "operations/preview", "corrections", "rules", "rules/try", "rules/undo"])
            Assert.Equal(HttpStatusCode.Forbidden, (await reader.PostAsync(new Uri($"/api/{path}", UriKind.Relative), new StringContent("{}"))).StatusCode);
        foreach (var path in (string[])["audit", $"dead-letters/{letter.Id}/body"])
            Assert.Equal(HttpStatusCode.Forbidden, (await reader.GetAsync(new Uri($"/api/{path}", UriKind.Relative))).StatusCode);
        await Eventually("its look is noted", () => world.Number("select count(*) from dead_letters.audit where role = 'reader' and detail = 'masked'"), count => count == 1);
    }
}
