using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.TestKit;

namespace Pipeline.Integration.Tests.Flows;

/// <summary>The ledger against a publisher's own list: by id, not by count.</summary>
public sealed class AgainstTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Each_message_of_a_publisher_is_found_where_it_is_and_what_was_never_sent_is_missing()
    {
        await using var world = await World.New();
        await using var pipeline = await RunningPipeline.Start(world, "--Deadlines:desk:short=00:00:01");
        await pipeline.Account("A", "001");
        await pipeline.Child("in", "\"account_id\":\"A\"", minute: 5);
        await pipeline.Child("in", "\"account_id\":\"A\"", minute: 1); // older, behind it
        await pipeline.Child("waits", "\"account_id\":\"B\"");
        await pipeline.Child("late", "\"account_id\":\"B\"", type: "short");
        var today = new DateTimeOffset(TimeProvider.System.GetUtcNow().Date, TimeSpan.Zero); // for events of long ago are let go
        await pipeline.Outsider.Publish(
            "usage-event-received", $$$"""{"source":"desk","object_type":"usage_event","native_id":"event","observed_at":"{{{today:yyyy-MM-dd}}}T00:00:00Z","account_id":"A","data":{}}""");
        await pipeline.Why("late", "dead_lettered", type: "short");
        await pipeline.Ledger(received: 7);

        Assert.Equal(
            ["accepted", "superseded", "parked", "dead_lettered", "accepted", "missing", "missing", "missing", "accepted"],
            await Places(pipeline, "children",
                Id("in", 5), Id("in", 1), Id("waits", 0), Id("late", 0, "short"), new("desk", "usage_event", "event", today), new("desk", "usage_event", "event", today.AddMinutes(1)), Id("never", 0), Id("in", 9), new PublishedId("desk", "ticket", "in", null)));
        Assert.Equal(["accepted", "missing", "accepted"], await Places(pipeline, "accounts", new("crm", null, "001", Start), new("crm", null, "009", Start), new("billing", null, "B-001", null)));
    }

    private static PublishedId Id(string nativeId, int minute, string type = "ticket") => new("desk", type, nativeId, Start.AddMinutes(minute));

    private static async Task<IReadOnlyList<string>> Places(RunningPipeline pipeline, string of, params PublishedId[] ids) =>
        JsonSerializer.Deserialize((await pipeline.Post($"/api/ledger/against/{of}", JsonSerializer.Serialize<IReadOnlyList<PublishedId>>(ids, PipelineJson.Report.IReadOnlyListPublishedId))).Detail, PipelineJson.Report.AgainstReport)!.Places;
}
