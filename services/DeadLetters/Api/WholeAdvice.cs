using Pipeline.Contracts;
using Pipeline.Contracts.Operations;

namespace Pipeline.DeadLetters.Api;

/// <summary>The advice of the system of record, with what the gatekeeper knows of children's claims.</summary>
public sealed class WholeAdvice(Neighbours neighbours)
{
    /// <returns>The advice, null where the system of record does not answer; and which service did not.</returns>
    public async Task<(AdviceReport? Advice, string? Failure)> ReadAsync(CancellationToken cancellation)
    {
        var claims = neighbours.AskAsync(Neighbours.Gatekeeper, "/operations/claims", PipelineJson.Report.IReadOnlyListClaimProfile, cancellation, Neighbours.Patient);
        var advice = await neighbours.AskAsync(Neighbours.SystemOfRecord, "/operations/advice", PipelineJson.Report.AdviceReport, cancellation, Neighbours.Patient);
        var found = await claims;
        return (advice.Value is { } report ? report with { Claims = found.Value ?? [] } : null, advice.Failure ?? (advice.Value is null ? "system-of-record does not know of advice: it is of an older version." : found.Failure));
    }
}
