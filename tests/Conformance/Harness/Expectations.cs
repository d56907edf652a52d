using System.Text.Json.Nodes;
using Pipeline.Connectors.Engine;

namespace Pipeline.Conformance.Tests.Harness;

/// <summary>What must have been published, said in one line.</summary>
public static class Expectations
{
    /// <summary>Every message of the script, each once, in the order in which it first comes.</summary>
    public static IReadOnlyList<string> ExpectedMessages(this Run run) =>
        [.. run.Script.Pages.SelectMany(page => run.Fixture.Expected(page)).Select(message => Text(message!)).Distinct()];

    /// <summary>What was published, first times only.</summary>
    public static IReadOnlyList<string> PublishedMessages(this Run run) =>
        [.. run.Recorder.Messages.OfType<RecordMessage.Published>().Select(message => Text(Recorder.Shown(message))).Distinct()];

    /// <summary>Nothing is missing and nothing is invented; repeats are allowed.</summary>
    public static void NothingIsLost(this Run run) => Assert.Equal(run.ExpectedMessages(), run.PublishedMessages());

    public static void NothingIsRepeated(this Run run) => Assert.Equal(run.Recorder.Messages.Count, run.Recorder.Messages.DistinctBy(message => message.Id).Count());

    /// <summary>One id, one content; one content, one id.</summary>
    public static void RepeatsCarryTheSameId(this Run run)
    {
        var pairs = run.Recorder.Messages.Select(message => (message.Id, Text: Text(Recorder.Shown(message)))).Distinct().ToList();
        Assert.Equal(pairs.Count, pairs.DistinctBy(pair => pair.Id).Count());
        Assert.Equal(pairs.Count, pairs.DistinctBy(pair => pair.Text).Count());
    }

    public static void NothingUnknownWasAskedFor(this Run run) => Assert.Empty(run.Server.Unknown);

    /// <summary>JSON in one spelling: keys in order, no space.</summary>
    public static string Text(JsonNode node) => Sorted(node)!.ToJsonString();

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject properties => new JsonObject(properties.OrderBy(property => property.Key, StringComparer.Ordinal).Select(property => KeyValuePair.Create(property.Key, Sorted(property.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
