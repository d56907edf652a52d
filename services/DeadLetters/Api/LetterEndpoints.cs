using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.DeadLetters.Access;
using Pipeline.DeadLetters.Audit;
using Pipeline.DeadLetters.Search;
using Pipeline.DeadLetters.Triage;
using Pipeline.Hosting.Operations;
using static Pipeline.Hosting.Operations.Reports;

namespace Pipeline.DeadLetters.Api;

/// <summary>Finding, showing and sorting dead letters.</summary>
internal static class LetterEndpoints
{
    private const int MostLetters = 1000;
    private const int MostGroups = 500;

    public static void MapLetters(this RouteGroupBuilder api)
    {
        api.MapGet("dead-letters", async Task<Results<Report<IReadOnlyList<DeadLetterLine>>, ProblemHttpResult>> (string? q, string? reason, int? limit, HttpContext context, NpgsqlDataSource database, CancellationToken cancellation) =>
        {
            var (criterion, mistake) = Asked(q, reason, context);
            if (criterion is null) return Wrong(mistake);
            var page = await LetterQuery.PageAsync(database, criterion, Limit(limit), null, counting: false, cancellation);
            return Json(page.Letters, PipelineJson.Report.IReadOnlyListDeadLetterLine);
        }).BySource().WithSummary("The newest dead letters that meet a search, as a plain list.");
        api.MapGet("dead-letters/page", async Task<Results<Report<DeadLetterPage>, ProblemHttpResult>> (string? q, string? cursor, int? limit, bool? count, HttpContext context, NpgsqlDataSource database, CancellationToken cancellation) =>
        {
            var (criterion, mistake) = Asked(q, null, context);
            if (criterion is null) return Wrong(mistake);
            if (cursor is not null && LetterCursor.Read(cursor) is null) return Wrong("The cursor is none that this list has given.");
            return Json(await LetterQuery.PageAsync(database, criterion, Limit(limit), LetterCursor.Read(cursor), count ?? false, cancellation), PipelineJson.Report.DeadLetterPage);
        }).BySource().WithSummary("A page of the dead letters that meet a search; ask for the next with the cursor that it gives.");
        api.MapGet("dead-letters/groups", async Task<Results<Report<IReadOnlyList<DeadLetterGroup>>, ProblemHttpResult>> (string? q, int? limit, HttpContext context, NpgsqlDataSource database, CancellationToken cancellation) =>
        {
            var (criterion, mistake) = Asked(q, null, context);
            if (criterion is null) return Wrong(mistake);
            return Json(await GroupQuery.ListAsync(database, criterion, Math.Clamp(limit ?? 100, 1, MostGroups), cancellation), PipelineJson.Report.IReadOnlyListDeadLetterGroup);
        }).BySource().WithSummary("The failures that they come down to, the largest first.");
        api.MapPut("dead-letters/groups/{key:guid}", async (Guid key, HttpContext context, TriageDesk desk, CancellationToken cancellation) =>
            await ReadAsync(context.Request, PipelineJson.Report.TriageOrder, cancellation) is { } order ? Told(await desk.SortAsync(key, order with { Author = Caller.Of(context).Signing(order.Author) }, Caller.Of(context), cancellation)) : Told("The body is no triage."))
            .For(Role.Operator).BySource().Taking(typeof(TriageOrder)).WithSummary("Says what people make of a group: triage, owner, note, link, and whether it is to be quiet.");
        api.MapGet("dead-letters/{id:guid}", async Task<Results<Report<DeadLetterReport>, ProblemHttpResult>> (Guid id, HttpContext context, NpgsqlDataSource database, CancellationToken cancellation) =>
        {
            return await LetterView.OfAsync(database, id, Caller.Of(context), isNoted: false, cancellation) is { } report ? Json(report, PipelineJson.Report.DeadLetterReport) : Missing(id);
        }).BySource().WithSummary("All that is known of one dead letter. That it was looked at is noted.");
        api.MapGet("dead-letters/{id:guid}/body", async Task<Results<FileContentHttpResult, ProblemHttpResult>> (Guid id, HttpContext context, NpgsqlDataSource database, CancellationToken cancellation) =>
        {
            var caller = Caller.Of(context);
            if (await LetterQuery.BodyAsync(database, id, caller.Sources, cancellation) is not { } body) return Missing(id);
            await AuditTrail.AddAsync(database, new(caller.Name, caller.RoleName, "view", $"dead letter {id}", "its body", "seen"), cancellation);
            return TypedResults.Bytes(body, "application/octet-stream");
        }).For(Role.Operator).BySource().Produces<byte[]>(StatusCodes.Status200OK, "application/octet-stream").WithSummary("The body byte for byte. That it was looked at is noted.");
        api.MapGet("dead-letters/fields", () => Json(SearchField.All.ToDictionary(field => field.Name, field => field.Meaning), PipelineJson.Report.DictionaryStringString)).BySource().WithSummary("The fields that can be searched.");
        api.MapGet("audit", async (string? actor, string? action, long? before, int? limit, NpgsqlDataSource database, CancellationToken cancellation) =>
            Json(await AuditTrail.ReadAsync(database, actor, action, before, Math.Clamp(limit ?? 100, 1, 10_000), cancellation), PipelineJson.Report.IReadOnlyListAuditLine))
            .For(Role.Operator).WithSummary("Who did or saw what, the newest first.");
    }

    /// <summary>What a search means; where it says nothing of the state, only what waits for somebody is meant.</summary>
    private static (Criterion? Criterion, string? Mistake) Asked(string? query, string? reason, HttpContext context)
    {
        var (criterion, mistake) = SearchReader.Read(query);
        if (criterion is null) return (null, mistake);
        var meant = Caller.Of(context).Within(criterion.In("open"));
        return (reason is null ? meant : new Criterion.All([meant, new Criterion.Is(SearchField.Find("reason")!, reason)]), null);
    }

    private static int Limit(int? limit) => Math.Clamp(limit ?? 50, 1, MostLetters);

    private static ProblemHttpResult Missing(Guid id) => TypedResults.Problem($"There is no dead letter {id}.", statusCode: StatusCodes.Status404NotFound);
}
