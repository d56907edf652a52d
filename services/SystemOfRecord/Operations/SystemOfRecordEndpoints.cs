using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.Hosting.Operations;
using Pipeline.SystemOfRecord.Admission;
using Pipeline.SystemOfRecord.Advisor;
using Pipeline.SystemOfRecord.Rules.Changing;
using static Pipeline.Hosting.Operations.Reports;

namespace Pipeline.SystemOfRecord.Operations;

/// <summary>What the system of record tells the office.</summary>
internal static class SystemOfRecordEndpoints
{
    public static void MapSystemOfRecord(this RouteGroupBuilder operations)
    {
        operations.MapRules();
        operations.MapGet("ledger", async (NpgsqlDataSource database, CancellationToken cancellation) =>
            Json(await RecordLedger.ReadAsync(database, cancellation), PipelineJson.Report.LedgerReport));
        operations.MapPost("ledger/against", async Task<Results<Report<AgainstReport>, ProblemHttpResult>> (HttpRequest request, NpgsqlDataSource database, CancellationToken cancellation) =>
            await ReadAsync(request, PipelineJson.Report.IReadOnlyListPublishedId, cancellation) is { } ids
                ? Json(new AgainstReport(await AgainstQuery.ReadAsync(database, ids, cancellation)), PipelineJson.Report.AgainstReport)
                : TypedResults.Problem("The body lists no ids.", statusCode: StatusCodes.Status400BadRequest));
        operations.MapGet("status", async (NpgsqlDataSource database, CancellationToken cancellation) =>
            Json(await AccountStatusQuery.ReadAsync(database, cancellation), PipelineJson.Report.SystemOfRecordStatus));
        operations.MapGet("advice", async (DataAdvisor advisor, CancellationToken cancellation) => Json(await advisor.AdviseAsync(cancellation), PipelineJson.Report.AdviceReport));
        operations.MapGet("advice/progress", (DataAdvisor advisor) => Json(advisor.Progress, PipelineJson.Report.AdviceProgress));
        operations.MapGet("account", async Task<Results<Report<AccountReport>, NotFound>> (string id, IDocumentStore store, RuleSets rules, CancellationToken cancellation) =>
        {
            await using var session = store.QuerySession();
            return await session.LoadAsync<AccountSaga>(AccountSaga.IdOf(id), cancellation) is { } saga
                ? Json(Report(saga, AdmissionDecision.Decide(saga.Case, await rules.OfAsync(saga.Case.RulesVersion, cancellation))), PipelineJson.Report.AccountReport)
                : TypedResults.NotFound();
        });
    }

    private static AccountReport Report(AccountSaga saga, Decided decided) => new(
        saga.AccountId, saga.CurrentState.ToLowerInvariant(), saga.Case.Number, saga.Case.RulesVersion, saga.WaitsFor, saga.Reasons, decided.Conditions, decided.Paths,
        [.. saga.Case.Records.Select(record => record.NativeId).OrderByDescending(nativeId => nativeId == saga.NativeId)], saga.History);
}
