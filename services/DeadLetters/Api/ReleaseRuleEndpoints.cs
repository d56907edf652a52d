using Microsoft.AspNetCore.Http.HttpResults;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.DeadLetters.Access;
using Pipeline.DeadLetters.Release;
using static Pipeline.Hosting.Operations.Reports;

namespace Pipeline.DeadLetters.Api;

/// <summary>The rules by which letters with an answer are replayed without anybody asking.</summary>
internal static class ReleaseRuleEndpoints
{
    public static void MapReleaseRules(this RouteGroupBuilder api)
    {
        api.MapGet("release-rules", async (ReleaseRuleDesk desk, CancellationToken cancellation) =>
            Json(await desk.ListAsync(cancellation), PipelineJson.Report.IReadOnlyListReleaseRuleLine)).BySource().WithSummary("The release rules, and what each has done today.");
        api.MapPost("release-rules", async Task<Results<NoContent, ProblemHttpResult>> (HttpContext context, ReleaseRuleDesk desk, CancellationToken cancellation) =>
        {
            if (await ReadAsync(context.Request, PipelineJson.Report.ReleaseRuleOrder, cancellation) is not { } order) return Wrong("The body is no release rule: it needs name, query, author and reason.");
            var (rule, mistake) = ReleaseRule.Of(order with { Author = Caller.Of(context).Signing(order.Author) });
            return rule is null ? Wrong(mistake) : Told(await desk.MakeAsync(rule, Caller.Of(context), cancellation));
        }).For(Role.Admin).Taking(typeof(ReleaseRuleOrder)).WithSummary("Makes a rule; it is on at once.");
        foreach (var on in (bool[])[true, false])
            api.MapPost($"release-rules/{{name}}/{(on ? "on" : "off")}", async Task<Results<NoContent, ProblemHttpResult>> (string name, HttpContext context, ReleaseRuleDesk desk, CancellationToken cancellation) =>
                await ReadAsync(context.Request, PipelineJson.Report.SwitchOrder, cancellation) is { } order
                    ? Told(await desk.SwitchAsync(name, on, Caller.Of(context).Signing(order.Author), order.Reason, Caller.Of(context), cancellation))
                    : Wrong("The body names no author.")).For(on ? Role.Admin : Role.Operator).Taking(typeof(SwitchOrder)).WithSummary($"Switches a rule {(on ? "on" : "off")}.");
    }
}
