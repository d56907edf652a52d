using Pipeline.Contracts;

namespace Pipeline.SystemOfRecord.Admission;

/// <summary>What the rules say of a case.</summary>
public abstract record Verdict
{
    private Verdict()
    {
    }

    /// <summary>Let it in, on the strength of this record.</summary>
    /// <param name="Contenders">Other records that carry the same account_id; they are shown, not merged.</param>
    public sealed record Admit(SorRecord Record, IReadOnlyList<string> Contenders) : Verdict;

    /// <summary>Another system has nothing to say yet.</summary>
    public sealed record Wait(string For) : Verdict;

    /// <summary>It does not pass, or there is no record any more.</summary>
    public sealed record Refuse(IReadOnlyList<Refusal> Reasons) : Verdict;
}
