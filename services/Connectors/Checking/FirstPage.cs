using Pipeline.Connectors.Engine;
using Pipeline.Connectors.Engine.Http;

namespace Pipeline.Connectors.Checking;

/// <summary>Asks a feed for the first page of a pass that has no checkpoint. Nothing is published and nothing stored.</summary>
internal sealed class FirstPage(VendorClient client, PaceGate gate, TimeProvider time)
{
    /// <summary>How long a person waits for a turn, and for an answer that is not "too many requests".</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    public async Task<Asked> AskAsync(Feed feed, CancellationToken cancellation)
    {
        var patienceEnds = time.GetUtcNow() + LongestWait;
        while (true)
        {
            if (await WaitAsync(patienceEnds, cancellation) is { } left) return new Asked.Paced(left);
            var start = new Start(null, feed.Lag, time.GetUtcNow());
            var request = feed.First(start);
            switch (await client.SendAsync(request, cancellation))
            {
                case Outcome.Answered answered:
                    gate.Spread(feed.Name, answered.Ration);
                    return Read(feed, request, answered);
                case Outcome.Failed failed:
                    return new Asked.Failed(failed.Problem ?? new Problem(ProblemKind.Broken, failed.Why));
                case Outcome.OverLimit(var wait):
                    gate.Close(wait); // the pollers wait as well: the limit is the account's
                    break;
                case var other:
                    throw new InvalidOperationException($"{other} is no final outcome.");
            }
        }
    }

    /// <summary>Takes a turn as the pollers do; null where it has come, else how long it would take.</summary>
    private async Task<TimeSpan?> WaitAsync(DateTimeOffset patienceEnds, CancellationToken cancellation)
    {
        while (gate.TakeTurn() is { IsNow: false } turn)
        {
            if (time.GetUtcNow() + turn.Wait > patienceEnds) return turn.Wait;
            await Task.Delay(turn.Wait, time, cancellation);
        }

        return null;
    }

    private static Asked Read(Feed feed, VendorRequest request, Outcome.Answered answered)
    {
        try
        {
            return new Asked.Answered(feed.Read(new Answer(answered.Body, request, new Pass(null, feed.Lag, null, answered.Now), answered.Headers)));
        }
        catch (Exception exception) when (UnknownShapeException.IsTheReasonOf(exception))
        {
            return new Asked.Failed(new Problem(ProblemKind.UnknownShape, exception.Message));
        }
    }
}
