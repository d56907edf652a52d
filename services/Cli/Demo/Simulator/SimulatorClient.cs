using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Pipeline.Cli.Office;

namespace Pipeline.Cli.Demo.Simulator;

/// <summary>What the simulator says about itself. Null where it does not answer: it may be started again, as any other part.</summary>
public sealed class SimulatorClient(HttpClient http) : IDisposable
{
    private Truth? _truth;

    public static SimulatorClient Of(Terminal terminal) => new(new HttpClient(terminal.Network())
    {
        BaseAddress = Addresses.Of(Addresses.Simulator, terminal.Variable),
        Timeout = TimeSpan.FromSeconds(5),
    });

    public Task<SimulatorProgress?> ProgressAsync(CancellationToken cancellation) => AskAsync("progress", SimulatorJson.Default.SimulatorProgress, cancellation);

    /// <summary>It rests on the seed alone, so that it is asked for once.</summary>
    public async Task<Truth?> TruthAsync(CancellationToken cancellation) => _truth ??= await AskAsync("expected", SimulatorJson.Default.Truth, cancellation);

    /// <summary>The stories that the data tells, with their ends.</summary>
    public Task<IReadOnlyList<TrueStory>?> StoriesAsync(CancellationToken cancellation) => AskAsync("stories", SimulatorJson.Default.IReadOnlyListTrueStory, cancellation);

    public void Dispose() => http.Dispose();

    private async Task<T?> AskAsync<T>(string what, JsonTypeInfo<T> type, CancellationToken cancellation) where T : class
    {
        try
        {
            return await http.GetFromJsonAsync(new Uri($"_simulator/{what}", UriKind.Relative), type, cancellation);
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException || (exception is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
    }
}
