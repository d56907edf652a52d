namespace Pipeline.Contracts;

/// <summary>An expected "no": a reason from the closed list and what was seen this time.</summary>
/// <param name="Reason">From the closed list.</param>
/// <param name="Detail">What was seen, for a person; names the field, never a secret. Cut at <see cref="LongestDetail"/> characters.</param>
public sealed record Refusal(Reason Reason, string Detail)
{
    /// <summary>Details travel in headers of AMQP, all of which have to fit into one frame, and senders choose the names of their fields.</summary>
    public const int LongestDetail = 500;

    /// <summary>What was seen, for a person; names the field, never a secret.</summary>
    public string Detail { get; } = UnicodeText.Shorten(Detail, LongestDetail);

    /// <summary>The whole story in one line: what was seen, what it means, what to do.</summary>
    public string Sentence => $"{Detail} {Reason.Sentence}";
}
