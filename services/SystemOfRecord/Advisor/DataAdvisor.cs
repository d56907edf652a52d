using System.Data;
using Npgsql;
using Pipeline.Contracts.Operations;

namespace Pipeline.SystemOfRecord.Advisor;

/// <summary>Reads all records once, counts them, and advises. One at a time: who asks meanwhile waits for its turn.</summary>
public sealed class DataAdvisor(NpgsqlDataSource database) : IDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1);

    public AdviceProgress Progress { get; private set; } = new("idle", 0, 0);

    public async Task<AdviceReport> AdviseAsync(CancellationToken cancellation)
    {
        await _oneAtATime.WaitAsync(cancellation);
        try
        {
            Progress = new AdviceProgress("reading", 0, await RecordScan.CountAsync(database, cancellation));
            await using var connection = await database.OpenConnectionAsync(cancellation);
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellation); // its tables go with it
            var systems = await SeenValues.FillAsync(connection, RecordScan.ReadAsync(database, cancellation), read => Progress = Progress with { Read = read }, cancellation);
            Progress = Progress with { Stage = "comparing", Read = Progress.Total };
            return await CompareAsync(systems, new SeenQueries(connection, cancellation), cancellation);
        }
        finally
        {
            Progress = new AdviceProgress("idle", 0, 0);
            _oneAtATime.Release();
        }
    }

    public void Dispose() => _oneAtATime.Dispose();

    private async Task<AdviceReport> CompareAsync(IReadOnlyList<SystemTally> systems, SeenQueries queries, CancellationToken cancellation)
    {
        var paths = await RecordLinks.PathsAsync(database, cancellation);
        var changes = await RecordLinks.ChangesAsync(database, cancellation);
        var counts = await queries.CountsAsync();
        var profiles = systems.Select(system => Profiles.Of(system, counts, changes, paths)).ToList();
        var candidates = new CandidateFields(systems, profiles);
        var overlaps = candidates.Overlaps(await queries.SharedAsync([.. candidates.All.Select(tally => tally.Number)]));
        var measured = await new CandidateMeasure(queries, candidates, overlaps).AllAsync();
        var ranked = Ranking.Of(measured.GroupBy(candidate => candidate.System).Select(system => Ranking.Of(system)[0].Candidate));
        var places = ranked.Count == 0 ? [] : await new PlaceMeasure(queries, systems, paths).AllAsync(ranked[0].Candidate);
        return new AdviceReport(systems.Sum(system => system.Records), FieldTally.SampleSize, profiles, overlaps, ranked, Repairs.First(ranked), places, []);
    }
}
