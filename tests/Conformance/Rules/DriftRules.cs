using System.Text.Json;
using System.Text.Json.Nodes;
using Pipeline.Conformance.Tests.Harness;
using Pipeline.Connectors.Engine;
using Pipeline.Connectors.Engine.Drift;

namespace Pipeline.Conformance.Tests.Rules;

/// <summary>A system that changes what it sends loses nothing by it, and each change is told once.</summary>
public sealed class DriftRules
{
    /// <summary>No system has fields that begin so. What a fixture itself changes between its passes is its own matter.</summary>
    private const string Ours = "drift_";

    private const string Value = "a value of ours";

    /// <summary>
    /// The fixtures' pages are small, and some systems page by how many records came, so that none can be added: the feed is read
    /// from its beginning twice to be known, and twice again for a field to be missed for sure.
    /// </summary>
    [Theory, MemberData(nameof(Subjects.Feeds), MemberType = typeof(Subjects))]
    public async Task A_field_that_is_new_one_that_is_missing_and_one_that_is_retyped_cost_nothing_and_are_told_once(string system, string feed)
    {
        var shapes = new KeptShapes();
        Assert.Empty((await ReadAsync(system, feed, shapes, Before)).Told);
        Assert.Empty((await ReadAsync(system, feed, shapes, Before)).Told);

        var first = await ReadAsync(system, feed, shapes, After);
        var second = await ReadAsync(system, feed, shapes, After);

        string[] expected = ["(missing): drift_dropped was string, is nothing", "(new): drift_added was nothing, is string", "(retyped): drift_kept was number, is string"];
        Assert.Equal(expected, first.Told.Concat(second.Told).Order());
        string[] shown = ["drift_added New", "drift_dropped Missing", "drift_kept Retyped"];
        Assert.Equal(shown, second.Progress.Drift.Select(drift => $"{drift.Field.Split('.')[^1]} {drift.Change}").Where(drift => drift.StartsWith(Ours, StringComparison.Ordinal)).Order());
    }

    private static void Before(JsonObject record) => (record["drift_kept"], record["drift_dropped"]) = (1, Value);

    private static void After(JsonObject record) => (record["drift_kept"], record["drift_added"]) = (Value, Value);

    /// <summary>Reads two passes, without loss.</summary>
    private static async Task<(IReadOnlyList<string> Told, FeedSnapshot Progress)> ReadAsync(string system, string feed, KeptShapes shapes, Action<JsonObject> alter)
    {
        await using var run = await Run.StartAsync(system, feed);
        run.Shapes = shapes;
        var watched = run.System.System.Feed(feed).RecordIn;
        run.Server.Alter = (_, body) => Altered(body, run.Script, item => alter(Record(item, watched)));

        await run.UntilPassesAsync(2);

        Assert.Equal(run.ExpectedMessages(), run.Recorder.Messages.Select(message => Expectations.Text(WithoutOurs(Recorder.Shown(message))!)).Distinct());
        run.NothingUnknownWasAskedFor();
        Assert.DoesNotContain(run.Logs.Lines, line => line.Contains(Value, StringComparison.Ordinal));
        return ([.. run.Logs.Lines.Where(line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains(Ours, StringComparison.Ordinal)).Select(line => Said(line, $"{system} {feed}"))], run.Progress);
    }

    /// <summary>What a line says: the change, and the field without the name that may wrap the record.</summary>
    private static string Said(string line, string who)
    {
        Assert.Contains($": {who}: ", line, StringComparison.Ordinal);
        return $"{line[line.IndexOf('(', StringComparison.Ordinal)..line.IndexOf("): ", StringComparison.Ordinal)]}): {line[line.IndexOf(Ours, StringComparison.Ordinal)..].Trim()}";
    }

    private static byte[] Altered(byte[] body, FeedScript script, Action<JsonObject> alter)
    {
        var answer = JsonNode.Parse(body)!;
        foreach (var item in script.RecordsOf(answer)) alter(item!.AsObject());
        return JsonSerializer.SerializeToUtf8Bytes(answer);
    }

    /// <summary>What is watched of an item. Some systems wrap each record in an object of one or two names, of which the first is the record's.</summary>
    private static JsonObject Record(JsonObject item, Func<JsonElement, JsonElement> watched)
    {
        var record = JsonSerializer.SerializeToNode(watched(JsonSerializer.SerializeToElement(item)));
        if (!JsonNode.DeepEquals(record, item)) return Within(item).First(part => JsonNode.DeepEquals(part, record));
        return item.All(property => property.Value is JsonObject) ? item.First().Value!.AsObject() : item;
    }

    private static IEnumerable<JsonObject> Within(JsonObject whole) =>
        whole.Select(property => property.Value).OfType<JsonObject>().SelectMany(part => Within(part).Prepend(part));

    /// <summary>Objects carry their record with all its fields, ours among them.</summary>
    private static JsonNode? WithoutOurs(JsonNode? node) => node switch
    {
        JsonObject fields => new JsonObject(fields.Where(field => !field.Key.StartsWith(Ours, StringComparison.Ordinal)).Select(field => KeyValuePair.Create(field.Key, WithoutOurs(field.Value)))),
        JsonArray items => new JsonArray([.. items.Select(WithoutOurs)]),
        _ => node?.DeepClone(),
    };
}
