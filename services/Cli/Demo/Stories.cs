using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Pipeline.Cli.Demo.Simulator;
using Pipeline.Cli.Office;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;

namespace Pipeline.Cli.Demo;

/// <summary>Asks, when the flow has settled, how the stories of the simulated data have ended.</summary>
internal sealed class Stories(OfficeClient office, SimulatorClient simulator)
{
    public async Task<IReadOnlyList<StoryEnd>> EndsAsync(CancellationToken cancellation)
    {
        var ends = new List<StoryEnd>();
        foreach (var story in await simulator.StoriesAsync(cancellation) ?? [])
        {
            var found = new List<WhyReport?>();
            foreach (var wanted in story.Objects) found.Add(await AskAsync(WhyOf(wanted), PipelineJson.Report.WhyReport, cancellation));
            var left = story.Leaves is { } account ? await AskAsync($"accounts?id={Uri.EscapeDataString(account)}", PipelineJson.Report.AccountReport, cancellation) : null;
            ends.Add(StoryEnd.Of(story, found, left));
        }

        return ends;
    }

    private static string WhyOf(TrueStoryObject wanted) =>
        $"why?source={Uri.EscapeDataString(wanted.Source)}&type={Uri.EscapeDataString(wanted.ObjectType)}&id={Uri.EscapeDataString(wanted.NativeId)}"
        + (wanted.ObservedAt is { } at ? $"&at={Uri.EscapeDataString(at.ToString("O", CultureInfo.InvariantCulture))}" : "");

    private async Task<T?> AskAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellation) where T : class =>
        (await office.AskAsync(path, cancellation)).Body is { } body ? JsonSerializer.Deserialize(body, type) : null;
}
