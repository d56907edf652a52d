namespace Pipeline.SystemOfRecord.Admission;

/// <summary>The facts of an account have changed: a record of it, or what another system says of it. Carries the whole case.</summary>
public sealed record CaseChanged
{
    public required AccountCase Case { get; init; }
}
