using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.Hosting.Operations;
using Pipeline.SystemOfRecord.Rules.Changing;
using static Pipeline.Hosting.Operations.Reports;

namespace Pipeline.SystemOfRecord.Operations;

/// <summary>The rules: what is in force and was, what others would change, and changing them.</summary>
internal static class RulesEndpoints
{
    public static void MapRules(this RouteGroupBuilder operations)
    {
        operations.MapGet("rules", async (NpgsqlDataSource database, CancellationToken cancellation) =>
            Json(await RuleSetTable.ListAsync(database, cancellation), PipelineJson.Report.IReadOnlyListRuleSetLine));
        operations.MapGet("rules/in-force", (NpgsqlDataSource database, CancellationToken cancellation) => FindAsync(database, null, cancellation));
        operations.MapGet("rules/{version:int}", (int version, NpgsqlDataSource database, CancellationToken cancellation) => FindAsync(database, version, cancellation));
        operations.MapPost("rules", async (HttpRequest request, RulesDesk desk, CancellationToken cancellation) =>
            Told(await ReadAsync(request, PipelineJson.Report.RulesOrder, cancellation) is { } order ? await desk.ApplyAsync(order, cancellation) : "The body holds no rules with author and reason."));
        operations.MapPost("rules/undo", async (HttpRequest request, RulesDesk desk, CancellationToken cancellation) =>
            Told(await ReadAsync(request, PipelineJson.Report.UndoOrder, cancellation) is { } order ? await desk.UndoAsync(order, cancellation) : "The body names no author and reason."));
        operations.MapPost("rules/try", async (HttpRequest request, RulesTrial trial, CancellationToken cancellation) =>
            Json(await trial.TryAsync(await TextAsync(request.Body, cancellation), cancellation), PipelineJson.Report.RulesTrialReport));
        operations.MapGet("rules/try/progress", (RulesTrial trial) => Json(trial.Progress, PipelineJson.Report.RulesTrialProgress));
    }

    private static async Task<Results<Report<RuleSetReport>, NotFound>> FindAsync(NpgsqlDataSource database, int? version, CancellationToken cancellation) =>
        await RuleSetTable.FindAsync(database, version, cancellation) is { } set ? Json(set, PipelineJson.Report.RuleSetReport) : TypedResults.NotFound();

    private static async Task<string> TextAsync(Stream body, CancellationToken cancellation)
    {
        using var reader = new StreamReader(body);
        return await reader.ReadToEndAsync(cancellation);
    }
}
