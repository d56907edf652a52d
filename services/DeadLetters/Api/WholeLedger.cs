using Npgsql;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.DeadLetters.Capture;

namespace Pipeline.DeadLetters.Api;

/// <summary>Puts the services' ledgers together, and checks them against each other.</summary>
public sealed class WholeLedger(Neighbours neighbours, NpgsqlDataSource database, QueueDepths queues)
{
    /// <returns>The ledger, and which services did not answer.</returns>
    public async Task<(PipelineLedger Ledger, IReadOnlyList<string> OutOfReach)> ReadAsync(CancellationToken cancellation)
    {
        var answers = await Task.WhenAll(new[] { Neighbours.SystemOfRecord, Neighbours.Gatekeeper }
            .Select(service => neighbours.AskAsync(service, "/operations/ledger", PipelineJson.Report.LedgerReport, cancellation)));
        var (own, kept) = await LetterLedger.ReadAsync(database, cancellation); // after the others, so that it can only know more than they
        var reports = answers.Select(answer => answer.Value).OfType<LedgerReport>().ToList();
        var depths = await queues.ReadAsync(cancellation);
        string[] failures = [.. answers.Select(answer => answer.Failure).OfType<string>(), .. depths is null ? [QueueDepths.OutOfReach] : Array.Empty<string>()];
        return (Of(reports, own, kept, depths ?? new Dictionary<string, long>(), failures), failures);
    }

    /// <summary>Sums the lines; a dead letter that was decided must be in the office, in the queue, or still to be said.</summary>
    public static PipelineLedger Of(
        IReadOnlyList<LedgerReport> deciders, LedgerReport own, IReadOnlyDictionary<(string Stream, string Source), long> kept, IReadOnlyDictionary<string, long> depths, IReadOnlyList<string> failures)
    {
        var lines = deciders.Append(own).SelectMany(report => report.Lines).ToList();
        var mistakes = deciders.Append(own).SelectMany(report => report.Mistakes.Select(mistake => $"{report.Service}: {mistake}")).Concat(failures).ToList();
        var announcements = deciders.Append(own).Sum(report => report.AnnouncementsPending);
        var missing = deciders.SelectMany(report => report.Lines).Sum(line => Math.Max(0, line.DeadLettered - kept.GetValueOrDefault((line.Stream, line.Source))));
        if (missing > 0 && failures.Count == 0 && announcements == 0 && depths.GetValueOrDefault(DeadLetterQueue.Name) == 0)
            mistakes.Add($"{missing} dead letters were decided and are neither in the office nor on their way.");

        var total = Sum(lines);
        return new PipelineLedger
        {
            Balanced = mistakes.Count == 0,
            Received = total.Received,
            Accepted = total.Accepted,
            Parked = total.Parked,
            DeadLettered = total.DeadLettered,
            Superseded = total.Superseded,
            Duplicates = total.Duplicates,
            Sources = lines.GroupBy(line => line.Source).OrderBy(group => group.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, Sum),
            Streams = lines.GroupBy(line => line.Stream).OrderBy(group => group.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, Sum),
            InFlight = new InFlight(depths, announcements, missing),
            Mistakes = mistakes,
        };
    }

    private static LedgerSum Sum(IEnumerable<LedgerLine> lines) => lines.Aggregate(new LedgerSum(0, 0, 0, 0, 0, 0), (sum, line) => new LedgerSum(
        sum.Received + line.Received, sum.Accepted + line.Accepted, sum.Parked + line.Parked, sum.DeadLettered + line.DeadLettered, sum.Superseded + line.Superseded, sum.Duplicates + line.Duplicates));
}
