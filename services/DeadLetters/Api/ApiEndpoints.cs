using Microsoft.AspNetCore.Http.HttpResults;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.DeadLetters.Access;
using Pipeline.Hosting.Operations;
using static Pipeline.Hosting.Operations.Reports;

namespace Pipeline.DeadLetters.Api;

/// <summary>What the command line is made of; the page reads the same. Every answer needs a key, and some a role.</summary>
internal static class ApiEndpoints
{
    public static void MapApi(this WebApplication app)
    {
        var api = app.MapOffice("/api");
        api.MapWhole();
        api.MapObjects();
        api.MapSystems();
        api.MapCorrections();
        api.MapRules();
        api.MapLetters();
        api.MapOperationOrders();
        api.MapReleaseRules();
        api.MapDescription();
    }

    private static void MapWhole(this RouteGroupBuilder api)
    {
        api.MapGet("status", async (WholeStatus status, CancellationToken cancellation) => Json(await status.ReadAsync(cancellation), PipelineJson.Report.StatusReport))
            .BySource().WithSummary("The whole pipeline at a glance, in numbers.");
        api.MapGet("ledger", async (WholeLedger ledger, HttpContext context, CancellationToken cancellation) =>
        {
            var (whole, outOfReach) = await ledger.ReadAsync(cancellation);
            if (outOfReach.Count > 0) context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Json(whole, PipelineJson.Report.PipelineLedger);
        }).BySource().WithSummary("Where every message is, counted against the tables.");
        api.MapPost("ledger/against/{service}", (string service, HttpRequest request, Neighbours neighbours, CancellationToken cancellation) => neighbours.AskAsync(
            service == "accounts" ? Neighbours.SystemOfRecord : Neighbours.Gatekeeper, "/operations/ledger/against", PipelineJson.Report.AgainstReport, "The service is of an older version.", cancellation, Neighbours.Patient, request.Body))
            .Taking(typeof(IReadOnlyList<PublishedId>)).WithSummary("Looks for each message of a publisher's own list: service is accounts or objects.");
    }

    private static void MapObjects(this RouteGroupBuilder api)
    {
        api.MapGet("why", async Task<Results<Report<WhyReport>, ProblemHttpResult>> (string source, string type, string id, DateTimeOffset? at, HttpContext context, Neighbours neighbours, CancellationToken cancellation) =>
            Caller.Of(context).Sees(source)
                ? await neighbours.AskAsync(Neighbours.Gatekeeper, Neighbours.Why(source, type, id, at), PipelineJson.Report.WhyReport, $"No object {source} {type} {id} has been seen.", cancellation)
                : Guard.Refused($"Your role is not for {source}."))
            .BySource().WithSummary("Where an object is, and why; of a usage event its own time is part of what it is known by.");
        api.MapGet("parked", (int? limit, bool? near, HttpContext context, Neighbours neighbours, CancellationToken cancellation) => neighbours.AskAsync(
            Neighbours.Gatekeeper, $"/operations/parked?limit={limit ?? 1000}&near={near ?? false}", PipelineJson.Report.IReadOnlyListParkedLine, "Nothing is parked.", cancellation,
            within: lines => [.. lines.Where(line => line.Sources.Any(Caller.Of(context).Sees))]))
            .BySource().WithSummary("Keys that objects wait for, the most wanted first; with near only those that a known key is spelled nearly as.");
        api.MapGet("accounts", (string id, Neighbours neighbours, CancellationToken cancellation) => neighbours.AskAsync(
            Neighbours.SystemOfRecord, $"/operations/account?id={Uri.EscapeDataString(id)}", PipelineJson.Report.AccountReport, $"No account {id} has been seen.", cancellation)).WithSummary("All that is known of one account.");
        api.MapGet("accounts/objects", (string id, int? limit, Neighbours neighbours, CancellationToken cancellation) => neighbours.AskAsync(
            Neighbours.Gatekeeper, $"/operations/accounts/objects?id={Uri.EscapeDataString(id)}&limit={limit ?? 100}", PipelineJson.Report.AccountObjectsReport, $"{id} is no account_id.", cancellation)).WithSummary("What is in under one account: how much of each kind, and the newest.");
        api.MapGet("claims", (HttpContext context, Neighbours neighbours, CancellationToken cancellation) => neighbours.AskAsync(
            Neighbours.Gatekeeper, "/operations/claims", PipelineJson.Report.IReadOnlyListClaimProfile, "Nothing has been seen.", cancellation, Neighbours.Patient,
            within: lines => [.. lines.Where(line => Caller.Of(context).Sees(line.Source))])).BySource().WithSummary("By which claim the objects of each source say whose they are, and how many found their account.");
        api.MapGet("accounts/near-misses", (Neighbours neighbours, CancellationToken cancellation) => neighbours.AskAsync(
            Neighbours.Gatekeeper, "/operations/accounts/near-misses", PipelineJson.Report.IReadOnlyListStrangeAccountLine, "There are none.", cancellation)).WithSummary("account_ids of other systems that are spelled nearly as that of an account.");
    }

    private static void MapSystems(this RouteGroupBuilder api)
    {
        api.MapGet("check", (HttpContext context, Neighbours neighbours, CancellationToken cancellation) => neighbours.AskAsync(
            Neighbours.Connectors, "/operations/check", PipelineJson.Report.IReadOnlyListSystemLine, "There are no systems.", cancellation,
            within: lines => [.. lines.Where(line => Caller.Of(context).Sees(line.System))])).BySource().WithSummary("The systems that the connectors know.");
        api.MapGet("check/{system}", async Task<Results<Report<CheckReport>, ProblemHttpResult>> (string system, HttpContext context, Neighbours neighbours, CancellationToken cancellation) =>
            Caller.Of(context).Sees(system)
                ? await neighbours.AskAsync(Neighbours.Connectors, $"/operations/check/{Uri.EscapeDataString(system)}", PipelineJson.Report.CheckReport, $"There is no system {system}.", cancellation, Neighbours.Patient)
                : Guard.Refused($"Your role is not for {system}.")).BySource().WithSummary("Reads a few records of a system, publishes nothing, and says what it found.");
        api.MapGet("advice", async Task<Results<Report<AdviceReport>, ProblemHttpResult>> (WholeAdvice advice, HttpContext context, CancellationToken cancellation) =>
        {
            var (whole, failure) = await advice.ReadAsync(cancellation);
            if (whole is null) return TypedResults.Problem(failure, statusCode: StatusCodes.Status503ServiceUnavailable);
            if (failure is not null) context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Json(whole, PipelineJson.Report.AdviceReport);
        }).WithSummary("Which system should be the system of record, and how well the others carry its id.");
        api.MapGet("advice/progress", (Neighbours neighbours, CancellationToken cancellation) => neighbours.AskAsync(
            Neighbours.SystemOfRecord, "/operations/advice/progress", PipelineJson.Report.AdviceProgress, "Nothing is read.", cancellation)).WithSummary("How far the advice is that is being worked out.");
    }

    private static void MapCorrections(this RouteGroupBuilder api)
    {
        api.MapGet("corrections", (HttpContext context, Neighbours neighbours, CancellationToken cancellation) => neighbours.AskAsync(
            Neighbours.Gatekeeper, "/operations/corrections", PipelineJson.Report.IReadOnlyListCorrectionLine, "There are no corrections.", cancellation,
            within: lines => [.. lines.Where(line => Caller.Of(context).Sees(line.Source))])).BySource().WithSummary("What values of a source mean, by a person's word.");
        api.MapPost("corrections", (HttpContext context, Neighbours neighbours, CancellationToken cancellation) => neighbours.OrderAsync(
            Neighbours.Gatekeeper, "/operations/corrections", context, PipelineJson.Report.CorrectionOrder, (order, caller) => order with { Author = caller.Signing(order.Author) }, cancellation,
            (order, caller) => caller.Sees(order.Source) ? null : $"Your role is not for {order.Source}."))
            .For(Role.Operator).BySource().Taking(typeof(CorrectionOrder)).WithSummary("Says what a value of one source means.");
        api.MapPost("corrections/{id:guid}/undo", (Guid id, HttpContext context, Neighbours neighbours, CancellationToken cancellation) => neighbours.OrderAsync(
            Neighbours.Gatekeeper, $"/operations/corrections/{id}/undo", context, PipelineJson.Report.UndoOrder, (order, caller) => order with { Author = caller.Signing(order.Author) }, cancellation))
            .For(Role.Operator).Taking(typeof(UndoOrder)).WithSummary("Takes a correction back; it stays on record.");
    }

    private static void MapRules(this RouteGroupBuilder api)
    {
        api.MapGet("rules", (Neighbours neighbours, CancellationToken cancellation) => neighbours.AskAsync(
            Neighbours.SystemOfRecord, "/operations/rules", PipelineJson.Report.IReadOnlyListRuleSetLine, "There are no rules.", cancellation)).WithSummary("The versions of the rules.");
        api.MapGet("rules/in-force", (Neighbours neighbours, CancellationToken cancellation) => neighbours.AskAsync(
            Neighbours.SystemOfRecord, "/operations/rules/in-force", PipelineJson.Report.RuleSetReport, "There are no rules.", cancellation)).WithSummary("The rules in force.");
        api.MapGet("rules/{version:int}", (int version, Neighbours neighbours, CancellationToken cancellation) => neighbours.AskAsync(
            Neighbours.SystemOfRecord, $"/operations/rules/{version}", PipelineJson.Report.RuleSetReport, $"There are no rules of version {version}.", cancellation)).WithSummary("The rules of a version.");
        api.MapPost("rules", (HttpContext context, Neighbours neighbours, CancellationToken cancellation) => neighbours.OrderAsync(
            Neighbours.SystemOfRecord, "/operations/rules", context, PipelineJson.Report.RulesOrder, (order, caller) => order with { Author = caller.Signing(order.Author) }, cancellation))
            .For(Role.Admin).Taking(typeof(RulesOrder)).WithSummary("Puts rules in force.");
        api.MapPost("rules/undo", (HttpContext context, Neighbours neighbours, CancellationToken cancellation) => neighbours.OrderAsync(
            Neighbours.SystemOfRecord, "/operations/rules/undo", context, PipelineJson.Report.UndoOrder, (order, caller) => order with { Author = caller.Signing(order.Author) }, cancellation))
            .For(Role.Admin).Taking(typeof(UndoOrder)).WithSummary("Goes back to the version before.");
        api.MapPost("rules/try", async Task<Results<Report<RulesTrialReport>, ProblemHttpResult>> (HttpRequest request, WholeTrial trial, CancellationToken cancellation) =>
        {
            var (report, failure) = await trial.TryAsync(request.Body, cancellation);
            return report is null ? TypedResults.Problem(failure, statusCode: StatusCodes.Status503ServiceUnavailable) : Json(report, PipelineJson.Report.RulesTrialReport);
        }).For(Role.Operator).Taking(typeof(string), "application/yaml").WithSummary("What rules would change, without changing it.");
        api.MapGet("rules/try/progress", (Neighbours neighbours, CancellationToken cancellation) => neighbours.AskAsync(
            Neighbours.SystemOfRecord, "/operations/rules/try/progress", PipelineJson.Report.RulesTrialProgress, "Nothing is tried.", cancellation)).WithSummary("How far the trial is.");
    }
}
