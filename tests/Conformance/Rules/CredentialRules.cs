using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Http;
using Pipeline.Conformance.Tests.Harness;
using Pipeline.Connectors.Engine;

namespace Pipeline.Conformance.Tests.Rules;

public sealed class CredentialRules
{
    [Theory, MemberData(nameof(Subjects.Feeds), MemberType = typeof(Subjects))]
    public async Task A_token_is_used_again_until_it_is_refused_and_then_renewed(string system, string feed)
    {
        Fixture.Of(system).SkipIfWaived("token_renewal");
        await using var run = await Run.StartAsync(system, feed);
        run.Server.Misbehave = async (number, context) =>
        {
            if (number != 2) return false;
            run.Server.RevokeTokens();
            await VendorServer.QuoteAsync(context, StatusCodes.Status401Unauthorized);
            return true;
        };
        await run.UntilPassesAsync(2);
        Assert.Equal(2, run.Server.TokensGiven);
        Assert.Null(run.Progress.LastError);
        run.NothingIsLost();
        run.NothingIsRepeated();
    }

    [Theory, MemberData(nameof(Subjects.Feeds), MemberType = typeof(Subjects))]
    public async Task No_secret_is_seen_in_logs_messages_checkpoints_progress_or_traces(string system, string feed)
    {
        await using var run = await Run.StartAsync(system, feed);
        var tags = new ConcurrentQueue<string>();
        using var listener = Listen(tags);
        run.Server.Misbehave = async (number, context) =>
        {
            if (number > 2) return false;
            await VendorServer.QuoteAsync(context, number == 1 ? StatusCodes.Status500InternalServerError : StatusCodes.Status403Forbidden);
            return true;
        };
        await run.UntilPassesAsync(2);

        var seen = string.Join('\n', run.Logs.Lines.Concat(tags).Append(run.Checkpoints.Position)
            .Append(ProgressEndpoint.Json(run.Board.Report(), run.Time.GetUtcNow()))
            .Concat(run.Recorder.Messages.Select(message => Encoding.UTF8.GetString(message.Body.Span))));
        Assert.Contains("refused", seen, StringComparison.Ordinal); // the failure was shown, and so could have shown a secret
        foreach (var secret in run.Fixture.Secrets.Concat(run.Server.Tokens).SelectMany(Spellings)) Assert.DoesNotContain(secret, seen, StringComparison.Ordinal);
        if (run.Fixture.Authorization is { } header) Assert.DoesNotContain(header, seen, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Spellings(string secret) => [secret, Uri.EscapeDataString(secret), Convert.ToBase64String(Encoding.UTF8.GetBytes(secret))];

    private static ActivityListener Listen(ConcurrentQueue<string> tags)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => tags.Enqueue($"{activity.DisplayName} {activity.StatusDescription} {string.Join(' ', activity.TagObjects)}"),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
