using Pipeline.Contracts.Operations;

namespace Pipeline.SystemOfRecord.Rules;

/// <summary>Why a finding does not pass, in words for a person. Pure.</summary>
public static class Failures
{
    /// <summary>Of a finding that does not pass: what was asked and what was seen instead.</summary>
    public static string Of(Finding finding) => finding switch
    {
        { Parts: [] } => $"{finding.Asked} and is {finding.Seen ?? "empty"}",
        { Parts: [{ Passes: true } only] } => $"this must not hold: {Held(only)}",
        { Parts: [var only] } => Of(only),
        _ when finding.Parts.Any(part => part.Passes) => string.Join("; ", finding.Parts.Where(part => !part.Passes).Select(Of)),
        _ => $"{finding.Asked} must hold: {string.Join("; ", finding.Parts.Select(Of))}",
    };

    private static string Held(Finding finding) => finding.Parts.Count == 0 ? $"{finding.Asked}, and it is {finding.Seen ?? "empty"}" : $"{finding.Asked}: {string.Join("; ", finding.Parts.Where(part => part.Passes).Select(Held))}";
}
