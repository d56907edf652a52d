using Microsoft.AspNetCore.Http.HttpResults;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.DeadLetters.Access;
using Pipeline.DeadLetters.Bulk;
using Pipeline.Hosting.Operations;
using static Pipeline.Hosting.Operations.Reports;

namespace Pipeline.DeadLetters.Api;

/// <summary>Ordering what is to be done with many letters, and following it.</summary>
internal static class OperationEndpoints
{
    public const string IdempotencyKey = "Idempotency-Key";
    private const int LongestKey = 200;

    public static void MapOperationOrders(this RouteGroupBuilder api)
    {
        api.MapPost("operations/preview", async Task<Results<Report<OperationPreview>, ProblemHttpResult>> (bool? dryRun, HttpContext context, OperationDesk desk, CancellationToken cancellation) =>
        {
            var (order, mistake) = await OrderOf(context, cancellation);
            return order is null ? Wrong(mistake) : Json(await desk.PreviewAsync(order, dryRun ?? false, cancellation), PipelineJson.Report.OperationPreview);
        }).For(Role.Operator).BySource().Taking(typeof(OperationOrder)).WithSummary("What an order would do. With dryRun every body is repaired and checked as it would be sent.");
        api.MapPost("operations", async Task<Results<Report<OperationReport>, ProblemHttpResult>> (HttpContext context, OperationDesk desk, OperationQuery operations, CancellationToken cancellation) =>
        {
            var (order, mistake) = await OrderOf(context, cancellation);
            if (order is null) return Wrong(mistake);
            var key = context.Request.Headers[IdempotencyKey].ToString();
            if (key.Length > LongestKey) return Wrong($"{IdempotencyKey} has at most {LongestKey} characters.");
            var (id, refused) = await desk.MakeAsync(order, key.Length == 0 ? null : key, order.Author, Caller.Of(context).RoleName, cancellation);
            if (id is null) return TypedResults.Problem(refused, statusCode: StatusCodes.Status409Conflict);
            context.Response.Headers.Location = $"/api/operations/{id}";
            return Json((await operations.ShowAsync(id.Value, cancellation))!, PipelineJson.Report.OperationReport);
        }).For(Role.Operator).BySource().Taking(typeof(OperationOrder)).ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Takes an order. The same Idempotency-Key again is the same operation.");
        api.MapGet("operations", async (int? limit, OperationQuery operations, CancellationToken cancellation) =>
            Json(await operations.ListAsync(Math.Clamp(limit ?? 50, 1, 1000), cancellation), PipelineJson.Report.IReadOnlyListOperationReport)).BySource().WithSummary("Those that run, then the newest.");
        api.MapGet("operations/{id:guid}", async Task<Results<Report<OperationReport>, ProblemHttpResult>> (Guid id, OperationQuery operations, CancellationToken cancellation) =>
            await operations.ShowAsync(id, cancellation) is { } report ? Json(report, PipelineJson.Report.OperationReport) : Missing(id)).BySource().WithSummary("How far an operation is, and what became of its letters.");
        api.MapGet("operations/{id:guid}/letters", async (Guid id, string? fate, long? after, int? limit, HttpContext context, OperationQuery operations, CancellationToken cancellation) =>
            Json(await operations.LettersAsync(id, fate, after ?? 0, Math.Clamp(limit ?? 100, 1, 1000), Caller.Of(context).Sources, cancellation), PipelineJson.Report.OperationLetterPage)).BySource().WithSummary("The fate of every letter of an operation.");
        foreach (var how in (string[])["pause", "resume", "cancel"])
            api.MapPost($"operations/{{id:guid}}/{how}", async Task<Results<NoContent, ProblemHttpResult>> (Guid id, HttpContext context, OperationQuery operations, CancellationToken cancellation) =>
            {
                var caller = Caller.Of(context);
                if (await ReadAsync(context.Request, PipelineJson.Report.SteerOrder, cancellation) is not { } order || string.IsNullOrWhiteSpace(caller.Signing(order.Author))) return Wrong("The body names no author.");
                var refused = await operations.SteerAsync(id, how, caller with { Name = caller.Signing(order.Author) }, order.Reason, cancellation);
                return refused is null ? TypedResults.NoContent() : TypedResults.Problem(refused, statusCode: StatusCodes.Status409Conflict);
            }).For(Role.Operator).BySource().Taking(typeof(SteerOrder)).ProducesProblem(StatusCodes.Status409Conflict).WithSummary($"Lets somebody {how} an operation.");
    }

    private static async Task<(Order? Order, string? Mistake)> OrderOf(HttpContext context, CancellationToken cancellation) =>
        await ReadAsync(context.Request, PipelineJson.Report.OperationOrder, cancellation) is { } order
            ? Order.Of(order with { Author = Caller.Of(context).Signing(order.Author) }, Caller.Of(context).Sources) : (null, "The body is no order: it needs kind, author, reason, and letters or query.");

    private static ProblemHttpResult Missing(Guid id) => TypedResults.Problem($"There is no operation {id}.", statusCode: StatusCodes.Status404NotFound);
}
