using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.Gatekeeper.Corrections;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.NearMisses;
using Pipeline.Hosting.Operations;
using static Pipeline.Hosting.Operations.Reports;

namespace Pipeline.Gatekeeper.Operations;

/// <summary>What the gatekeeper tells the office.</summary>
internal static class GatekeeperEndpoints
{
    public static void MapGatekeeper(this RouteGroupBuilder operations)
    {
        operations.MapGet("ledger", async (NpgsqlDataSource database, CancellationToken cancellation) =>
            Json(await GatekeeperLedger.ReadAsync(database, cancellation), PipelineJson.Report.LedgerReport));
        operations.MapPost("ledger/against", async Task<Results<Report<AgainstReport>, ProblemHttpResult>> (HttpRequest request, NpgsqlDataSource database, ChildKinds kinds, CancellationToken cancellation) =>
            await ReadAsync(request, PipelineJson.Report.IReadOnlyListPublishedId, cancellation) is { } ids
                ? Json(new AgainstReport(await AgainstQuery.ReadAsync(database, kinds, ids, cancellation)), PipelineJson.Report.AgainstReport)
                : TypedResults.Problem("The body lists no ids.", statusCode: StatusCodes.Status400BadRequest));
        operations.MapGet("status", async (NpgsqlDataSource database, CancellationToken cancellation) =>
            Json(await StatusQuery.ReadAsync(database, cancellation), PipelineJson.Report.GatekeeperStatus));
        operations.MapGet("parked", async (int? limit, bool? near, NpgsqlDataSource database, CancellationToken cancellation) =>
            Json(await ParkedQuery.ReadAsync(database, Math.Clamp(limit ?? 1000, 1, 1000), near ?? false, cancellation), PipelineJson.Report.IReadOnlyListParkedLine));
        operations.MapGet("accounts/near-misses", async (NpgsqlDataSource database, CancellationToken cancellation) =>
            Json(await StrangeAccounts.ReadAsync(database, cancellation), PipelineJson.Report.IReadOnlyListStrangeAccountLine));
        operations.MapGet("claims", async (NpgsqlDataSource database, CancellationToken cancellation) => Json(await ClaimProfiles.ReadAsync(database, cancellation), PipelineJson.Report.IReadOnlyListClaimProfile));
        operations.MapGet("why", async Task<Results<Report<WhyReport>, NotFound>> (string source, string type, string id, DateTimeOffset? at, NpgsqlDataSource database, ChildKinds kinds, CancellationToken cancellation) =>
            await WhyQuery.ReadAsync(database, kinds, source, type, id, at, cancellation) is { } why ? Json(why, PipelineJson.Report.WhyReport) : TypedResults.NotFound());
        operations.MapPost("accounts/children", async Task<Results<Report<IReadOnlyList<AccountChildren>>, ProblemHttpResult>> (HttpRequest request, NpgsqlDataSource database, CancellationToken cancellation) =>
            await ReadAsync(request, PipelineJson.Report.IReadOnlyListAccountKeys, cancellation) is { } accounts
                ? Json(await ChildrenQuery.ReadAsync(database, accounts, cancellation), PipelineJson.Report.IReadOnlyListAccountChildren)
                : TypedResults.Problem("The body lists no accounts.", statusCode: StatusCodes.Status400BadRequest));
        operations.MapGet("accounts/objects", async Task<Results<Report<AccountObjectsReport>, NotFound>> (string id, int? limit, NpgsqlDataSource database, CancellationToken cancellation) =>
            StatedAccountId.Of(id).Value is { } account ? Json(await AccountObjectsQuery.ReadAsync(database, account, Math.Clamp(limit ?? 100, 1, 1000), cancellation), PipelineJson.Report.AccountObjectsReport) : TypedResults.NotFound());
        operations.MapGet("corrections", async (CorrectionDesk desk, CancellationToken cancellation) =>
            Json(await desk.ListAsync(cancellation), PipelineJson.Report.IReadOnlyListCorrectionLine));
        operations.MapPost("corrections", async (HttpRequest request, CorrectionDesk desk, CancellationToken cancellation) =>
            await ReadAsync(request, PipelineJson.Report.CorrectionOrder, cancellation) is { } order ? Told(await desk.MakeAsync(order, cancellation)) : Told("The body is not a correction."));
        operations.MapPost("corrections/{id:guid}/undo", async (Guid id, HttpRequest request, CorrectionDesk desk, CancellationToken cancellation) =>
            await ReadAsync(request, PipelineJson.Report.UndoOrder, cancellation) is { } order ? Told(await desk.UndoAsync(id, order, cancellation)) : Told("The body names no author and reason."));
    }
}
