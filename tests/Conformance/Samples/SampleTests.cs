using System.Text;
using System.Text.Json;
using Pipeline.Conformance.Tests.Harness;
using Pipeline.Connectors;
using Pipeline.Connectors.Engine;

namespace Pipeline.Conformance.Tests.Samples;

/// <summary>
/// Real answers of the systems, which are not ours to keep here: <c>PIPELINE_SAMPLES</c> names a folder of them, with a folder a
/// system and a file an answer. Every feed of the system is given every answer. What it does not know it has to say so; what it
/// reads it has to map, or to call unmappable; nothing else may come of it.
/// </summary>
public sealed class SampleTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public static string? Folder => Environment.GetEnvironmentVariable("PIPELINE_SAMPLES");

    [Theory, MemberData(nameof(Subjects.Systems), MemberType = typeof(Subjects))]
    public void Every_recorded_answer_is_read_and_mapped_or_refused_with_a_reason(string system)
    {
        Assert.SkipWhen(string.IsNullOrEmpty(Folder), "PIPELINE_SAMPLES names no folder of recorded answers.");
        var folder = Path.Combine(Folder!, system);
        Assert.SkipUnless(Directory.Exists(folder), $"There are no recorded answers of {system}.");
        var feeds = Fixture.Of(system).Configure(new Uri("http://127.0.0.1:1")).System.Feeds;
        var files = Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(files);
        var mapped = files.Sum(file => Told(system, file, feeds));
        output.WriteLine($"{system}: {files.Count} answers, {mapped} records mapped");
    }

    private int Told(string system, string file, IReadOnlyList<Feed> feeds)
    {
        var body = JsonSerializer.Deserialize<JsonElement>(File.ReadAllBytes(file));
        var readings = feeds.Select(feed => (feed.Name, Reading: Reading.Of(system, feed, body))).ToList();
        var line = new StringBuilder($"{system}/{Path.GetFileName(file)}:");
        foreach (var (name, reading) in readings.Where(one => one.Reading.Records > 0))
            line.Append($" {name} {reading.Mapped} mapped, {reading.Unmappable} unmappable{(reading.First is { } first ? $" ({first})" : "")};");
        if (readings.All(one => one.Reading.Records == 0)) line.Append($" no feed reads it ({readings[0].Reading.First ?? "it lists nothing"})");
        output.WriteLine(line.ToString());
        return readings.Max(one => one.Reading.Mapped);
    }

    private sealed record Reading(int Records, int Mapped, int Unmappable, string? First)
    {
        public static Reading Of(string system, Feed feed, JsonElement body)
        {
            var start = new Start(null, feed.Lag, Now);
            Page page;
            try
            {
                page = feed.Read(new Answer(body, feed.First(start), new Pass(null, feed.Lag, null, Now), new Dictionary<string, string>()));
            }
            catch (UnknownShapeException exception)
            {
                return new Reading(0, 0, 0, exception.Message);
            }

            var messages = page.Records.Select(record => RecordMessages.Of(system, feed, record)).ToList();
            var letters = messages.OfType<RecordMessage.Unmappable>().ToList();
            return new Reading(messages.Count, messages.Count - letters.Count, letters.Count, letters.FirstOrDefault()?.Refusal.Detail);
        }
    }
}
