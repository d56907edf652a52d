using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.SystemOfRecord.Admission;
using Pipeline.SystemOfRecord.Advisor;

namespace Pipeline.SystemOfRecord.Operations;

/// <summary>What the system of record tells the office.</summary>
internal static class SystemOfRecordEndpoints
{
    public static void MapSystemOfRecord(this RouteGroupBuilder operations)
    {
        operations.MapGet("ledger", async (NpgsqlDataSource database, CancellationToken cancellation) =>
            Json(await RecordLedger.ReadAsync(database, cancellation), PipelineJson.Report.LedgerReport));
        operations.MapGet("status", async (NpgsqlDataSource database, CancellationToken cancellation) =>
            Json(await AccountStatusQuery.ReadAsync(database, cancellation), PipelineJson.Report.SystemOfRecordStatus));
        operations.MapGet("advice", async (DataAdvisor advisor, CancellationToken cancellation) => Json(await advisor.AdviseAsync(cancellation), PipelineJson.Report.AdviceReport));
        operations.MapGet("advice/progress", (DataAdvisor advisor) => Json(advisor.Progress, PipelineJson.Report.AdviceProgress));
        operations.MapGet("account", async Task<Results<ContentHttpResult, NotFound>> (string id, IDocumentStore store, CancellationToken cancellation) =>
        {
            await using var session = store.QuerySession();
            return await session.LoadAsync<AccountSaga>(AccountSaga.IdOf(id), cancellation) is { } saga ? Json(Report(saga), PipelineJson.Report.AccountReport) : TypedResults.NotFound();
        });
    }

    private static AccountReport Report(AccountSaga saga) => new(
        saga.AccountId, saga.CurrentState.ToLowerInvariant(), saga.Case.Number, saga.WaitsFor, saga.Reasons,
        [.. saga.Case.Records.Select(record => record.NativeId).OrderByDescending(nativeId => nativeId == saga.NativeId)],
        [.. saga.Case.Evidence.Select(evidence => $"{evidence.System} {evidence.NativeId}: {string.Join(", ", evidence.Fields.Select(field => $"{field.Key} = {field.Value}"))}")]);

    private static ContentHttpResult Json<T>(T report, JsonTypeInfo<T> type) => TypedResults.Text(JsonSerializer.Serialize(report, type), "application/json");
}
