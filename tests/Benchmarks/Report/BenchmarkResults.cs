using System.Text.Json;
using Pipeline.Benchmarks.Measuring;

namespace Pipeline.Benchmarks.Report;

/// <summary>All that a session gave, as the file that a later look, or another machine, can be compared with.</summary>
/// <param name="Form">full or small.</param>
internal sealed record BenchmarkResults(DateTimeOffset At, string Form, Surroundings Surroundings, IReadOnlyList<Summary> Summaries, IReadOnlyList<Run> Runs)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Written anew after each run, so that a session that is broken off leaves what it has.</summary>
    public void Write(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        File.WriteAllText($"{file}.new", JsonSerializer.Serialize(this, Json));
        File.Move($"{file}.new", file, overwrite: true);
    }

    /// <exception cref="BenchmarkException">It is no file of results.</exception>
    public static BenchmarkResults Read(string file)
    {
        try
        {
            if (JsonSerializer.Deserialize<BenchmarkResults>(File.ReadAllText(file), Json) is { Summaries: not null, Runs: not null, Surroundings: not null } results) return results;
        }
        catch (JsonException)
        {
            // As if it held nothing.
        }

        throw new BenchmarkException($"{file} holds no results.");
    }
}
