using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Pipeline.Conformance.Tests.Harness;
using Pipeline.Connectors;
using Pipeline.Connectors.Engine;

namespace Pipeline.Conformance.Tests.Rules;

public sealed partial class MappingRules
{
    [Theory, MemberData(nameof(Subjects.Feeds), MemberType = typeof(Subjects))]
    public void A_recorded_page_maps_to_exactly_the_expected_messages(string system, string feed)
    {
        var fixture = Fixture.Of(system);
        var subject = fixture.Configure(new Uri("http://127.0.0.1:1")).System.Feeds.Single(candidate => candidate.Name == feed);
        foreach (var page in fixture.Script(feed).Pages)
        {
            var records = fixture.Script(feed).RecordsOf(JsonNode.Parse(fixture.Answer(page))!).Deserialize<JsonElement>().EnumerateArray();
            var messages = records.Select(record => PageMessages.Of(system, subject, new Page([record], null, null), new Checkpoint()).Messages.Single());
            Assert.Equal(fixture.Expected(page).Select(message => Expectations.Text(message!)), messages.Select(message => Expectations.Text(Recorder.Shown(message))));
        }
    }

    [Theory, MemberData(nameof(Subjects.Feeds), MemberType = typeof(Subjects))]
    public void Half_of_a_surrogate_pair_in_any_field_holds_nothing_up(string system, string feed)
    {
        // JSON allows it and no text can hold it, so it fails only where somebody looks into the field, or writes it.
        var fixture = Fixture.Of(system);
        var subject = fixture.Configure(new Uri("http://127.0.0.1:1")).System.Feeds.Single(candidate => candidate.Name == feed);
        var page = fixture.Script(feed).Pages.First(page => fixture.Script(feed).RecordsOf(JsonNode.Parse(fixture.Answer(page))!).Count > 0);
        var whole = fixture.Script(feed).RecordsOf(JsonNode.Parse(fixture.Answer(page))!)[0]!.ToJsonString();
        foreach (Match text in TextValue().Matches(whole))
        {
            var half = JsonSerializer.Deserialize<JsonElement>($"{whole[..text.Index]}: \"half \\udc00\"{whole[(text.Index + text.Length)..]}");
            Assert.Single(PageMessages.Of(system, subject, new Page([half], null, null), new Checkpoint()).Messages);
        }
    }

    [GeneratedRegex("""(?<="):"(?:[^"\\]|\\.)*" ?""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex TextValue();

    [Theory, MemberData(nameof(Subjects.Feeds), MemberType = typeof(Subjects))]
    public async Task One_unmappable_record_becomes_a_dead_letter_and_the_page_goes_on(string system, string feed)
    {
        await using var run = await Run.StartAsync(system, feed);
        JsonNode?[] broken = [run.Script.Unmappable, JsonValue.Create(42), null];
        run.Server.Alter = (page, body) => page == 0 ? WithRecords(body, run.Script, broken) : body;

        await run.UntilPassesAsync(2);

        run.NothingIsLost();
        Assert.Equal(broken.Select(record => record?.ToJsonString() ?? "null"), run.Recorder.DeadLetters.Select(letter => JsonNode.Parse(letter.Body.Span)?.ToJsonString() ?? "null"));
        Assert.All(run.Recorder.DeadLetters, letter => Assert.Equal("record_unmappable", letter.Refusal.Reason.Code));
        Assert.All(run.Recorder.DeadLetters, letter => Assert.Equal(system, letter.Source));
        Assert.Equal(3, run.Progress.Unmappable);
    }

    private static byte[] WithRecords(byte[] body, FeedScript script, IEnumerable<JsonNode?> records)
    {
        var answer = JsonNode.Parse(body)!;
        var list = script.RecordsOf(answer);
        foreach (var record in records.Reverse()) list.Insert(1, record?.DeepClone());
        return JsonSerializer.SerializeToUtf8Bytes(answer);
    }
}
