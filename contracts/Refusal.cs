namespace Pipeline.Contracts;

/// <summary>An expected "no": a reason from the closed list and what was seen this time.</summary>
/// <param name="Reason">From the closed list.</param>
/// <param name="Detail">What was seen, for a person; names the field, never a secret.</param>
public sealed record Refusal(Reason Reason, string Detail)
{
    /// <summary>The whole story in one line: what was seen, what it means, what to do.</summary>
    public string Sentence => $"{Detail} {Reason.Sentence}";
}
