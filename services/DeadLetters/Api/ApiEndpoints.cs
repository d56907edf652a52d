using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.HttpResults;
using Pipeline.Contracts;
using Pipeline.DeadLetters.Access;

namespace Pipeline.DeadLetters.Api;

/// <summary>What the command line is made of; the page reads the same. Every answer needs a key, and some a role.</summary>
internal static class ApiEndpoints
{
    public static void MapApi(this WebApplication app)
    {
        var api = app.MapOffice("/api");
        api.MapGet("status", async (WholeStatus status, CancellationToken cancellation) => Json(await status.ReadAsync(cancellation), PipelineJson.Report.StatusReport));
        api.MapGet("ledger", async (WholeLedger ledger, HttpContext context, CancellationToken cancellation) =>
        {
            var (whole, outOfReach) = await ledger.ReadAsync(cancellation);
            if (outOfReach.Count > 0) context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Json(whole, PipelineJson.Report.PipelineLedger);
        });
        api.MapPost("ledger/against/{service}", (string service, HttpRequest request, Neighbours neighbours, CancellationToken cancellation) => AskAsync(
            neighbours, service == "accounts" ? Neighbours.SystemOfRecord : Neighbours.Gatekeeper, "/operations/ledger/against", PipelineJson.Report.AgainstReport, "The service is of an older version.", cancellation, Neighbours.Patient, request.Body));
        api.MapGet("why", (string source, string type, string id, DateTimeOffset? at, Neighbours neighbours, CancellationToken cancellation) => AskAsync(
            neighbours, Neighbours.Gatekeeper, Neighbours.Why(source, type, id, at), PipelineJson.Report.WhyReport, $"No object {source} {type} {id} has been seen.", cancellation));
        api.MapGet("accounts", (string id, Neighbours neighbours, CancellationToken cancellation) => AskAsync(
            neighbours, Neighbours.SystemOfRecord, $"/operations/account?id={Uri.EscapeDataString(id)}", PipelineJson.Report.AccountReport, $"No account {id} has been seen.", cancellation));
        api.MapGet("accounts/near-misses", (Neighbours neighbours, CancellationToken cancellation) => AskAsync(
            neighbours, Neighbours.Gatekeeper, "/operations/accounts/near-misses", PipelineJson.Report.IReadOnlyListStrangeAccountLine, "There are none.", cancellation));
        api.MapGet("parked", (int? limit, bool? near, Neighbours neighbours, CancellationToken cancellation) => AskAsync(
            neighbours, Neighbours.Gatekeeper, $"/operations/parked?limit={limit ?? 1000}&near={near ?? false}", PipelineJson.Report.IReadOnlyListParkedLine, "Nothing is parked.", cancellation));
        api.MapCorrections();
        api.MapRules();
        api.MapGet("check", (Neighbours neighbours, CancellationToken cancellation) => AskAsync(
            neighbours, Neighbours.Connectors, "/operations/check", PipelineJson.Report.IReadOnlyListSystemLine, "There are no systems.", cancellation));
        api.MapGet("check/{system}", (string system, Neighbours neighbours, CancellationToken cancellation) => AskAsync(
            neighbours, Neighbours.Connectors, $"/operations/check/{Uri.EscapeDataString(system)}", PipelineJson.Report.CheckReport, $"There is no system {system}.", cancellation, Neighbours.Patient));
        api.MapGet("advice", async (WholeAdvice advice, HttpContext context, CancellationToken cancellation) =>
        {
            var (whole, failure) = await advice.ReadAsync(cancellation);
            if (whole is null) return Results.Problem(failure, statusCode: StatusCodes.Status503ServiceUnavailable);
            if (failure is not null) context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return (IResult)Json(whole, PipelineJson.Report.AdviceReport);
        });
        api.MapGet("advice/progress", (Neighbours neighbours, CancellationToken cancellation) => AskAsync(
            neighbours, Neighbours.SystemOfRecord, "/operations/advice/progress", PipelineJson.Report.AdviceProgress, "Nothing is read.", cancellation));
        api.MapLetters();
        api.MapOperationOrders();
        api.MapReleaseRules();
    }

    private static void MapCorrections(this RouteGroupBuilder api)
    {
        api.MapGet("corrections", (Neighbours neighbours, CancellationToken cancellation) => AskAsync(
            neighbours, Neighbours.Gatekeeper, "/operations/corrections", PipelineJson.Report.IReadOnlyListCorrectionLine, "There are no corrections.", cancellation));
        api.MapPost("corrections", (HttpRequest request, Neighbours neighbours, CancellationToken cancellation) => OrderAsync(neighbours, Neighbours.Gatekeeper, "/operations/corrections", request, cancellation)).For(Role.Operator);
        api.MapPost("corrections/{id:guid}/undo", (Guid id, HttpRequest request, Neighbours neighbours, CancellationToken cancellation) =>
            OrderAsync(neighbours, Neighbours.Gatekeeper, $"/operations/corrections/{id}/undo", request, cancellation)).For(Role.Operator);
    }

    private static void MapRules(this RouteGroupBuilder api)
    {
        api.MapGet("rules", (Neighbours neighbours, CancellationToken cancellation) => AskAsync(
            neighbours, Neighbours.SystemOfRecord, "/operations/rules", PipelineJson.Report.IReadOnlyListRuleSetLine, "There are no rules.", cancellation));
        api.MapGet("rules/in-force", (Neighbours neighbours, CancellationToken cancellation) => AskAsync(
            neighbours, Neighbours.SystemOfRecord, "/operations/rules/in-force", PipelineJson.Report.RuleSetReport, "There are no rules.", cancellation));
        api.MapGet("rules/{version:int}", (int version, Neighbours neighbours, CancellationToken cancellation) => AskAsync(
            neighbours, Neighbours.SystemOfRecord, $"/operations/rules/{version}", PipelineJson.Report.RuleSetReport, $"There are no rules of version {version}.", cancellation));
        api.MapPost("rules", (HttpRequest request, Neighbours neighbours, CancellationToken cancellation) => OrderAsync(neighbours, Neighbours.SystemOfRecord, "/operations/rules", request, cancellation)).For(Role.Admin);
        api.MapPost("rules/undo", (HttpRequest request, Neighbours neighbours, CancellationToken cancellation) =>
            OrderAsync(neighbours, Neighbours.SystemOfRecord, "/operations/rules/undo", request, cancellation)).For(Role.Admin);
        api.MapPost("rules/try", async Task<Results<ContentHttpResult, ProblemHttpResult>> (HttpRequest request, WholeTrial trial, CancellationToken cancellation) =>
        {
            var (report, failure) = await trial.TryAsync(request.Body, cancellation);
            return report is null ? TypedResults.Problem(failure, statusCode: StatusCodes.Status503ServiceUnavailable) : Json(report, PipelineJson.Report.RulesTrialReport);
        }).For(Role.Operator);
        api.MapGet("rules/try/progress", (Neighbours neighbours, CancellationToken cancellation) => AskAsync(
            neighbours, Neighbours.SystemOfRecord, "/operations/rules/try/progress", PipelineJson.Report.RulesTrialProgress, "Nothing is tried.", cancellation));
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> AskAsync<T>(
        Neighbours neighbours, string service, string path, JsonTypeInfo<T> type, string nothing, CancellationToken cancellation, string by = nameof(Neighbours), Stream? question = null) where T : class
    {
        var answer = await neighbours.AskAsync(service, path, type, cancellation, by, question);
        if (answer.Failure is { } failure) return TypedResults.Problem(failure, statusCode: StatusCodes.Status503ServiceUnavailable);
        return answer.Value is { } value ? Json(value, type) : NotFound(nothing);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> OrderAsync(Neighbours neighbours, string service, string path, HttpRequest request, CancellationToken cancellation)
    {
        var (status, refused) = await neighbours.OrderAsync(service, path, request.Body, cancellation);
        return refused is null ? TypedResults.NoContent() : TypedResults.Problem(refused, statusCode: (int)status);
    }

    private static ProblemHttpResult NotFound(string detail) => TypedResults.Problem(detail, statusCode: StatusCodes.Status404NotFound);

    private static ContentHttpResult Json<T>(T report, JsonTypeInfo<T> type) => TypedResults.Text(JsonSerializer.Serialize(report, type), "application/json");
}
