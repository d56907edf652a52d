using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.Gatekeeper.Events;

namespace Pipeline.Gatekeeper.Operations;

/// <summary>What the gatekeeper tells the office.</summary>
internal static class GatekeeperEndpoints
{
    public static void MapGatekeeper(this RouteGroupBuilder operations)
    {
        operations.MapGet("ledger", async (NpgsqlDataSource database, CancellationToken cancellation) =>
            Json(await GatekeeperLedger.ReadAsync(database, cancellation), PipelineJson.Report.LedgerReport));
        operations.MapGet("status", async (NpgsqlDataSource database, CancellationToken cancellation) =>
            Json(await StatusQuery.ReadAsync(database, cancellation), PipelineJson.Report.GatekeeperStatus));
        operations.MapGet("parked", async (NpgsqlDataSource database, CancellationToken cancellation) =>
            Json(await ParkedQuery.ReadAsync(database, cancellation), PipelineJson.Report.IReadOnlyListParkedLine));
        operations.MapGet("claims", async (NpgsqlDataSource database, CancellationToken cancellation) => Json(await ClaimProfiles.ReadAsync(database, cancellation), PipelineJson.Report.IReadOnlyListClaimProfile));
        operations.MapGet("why", async Task<Results<ContentHttpResult, NotFound>> (string source, string type, string id, DateTimeOffset? at, NpgsqlDataSource database, UsageEvents events, CancellationToken cancellation) =>
            await WhyQuery.ReadAsync(database, events, source, type, id, at, cancellation) is { } why ? Json(why, PipelineJson.Report.WhyReport) : TypedResults.NotFound());
    }

    private static ContentHttpResult Json<T>(T report, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        TypedResults.Text(System.Text.Json.JsonSerializer.Serialize(report, type), "application/json");
}
