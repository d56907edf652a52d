namespace Pipeline.SystemOfRecord.Rules.Reading;

/// <summary>Something in a rules file that cannot be used.</summary>
/// <param name="Line">Counted from 1.</param>
/// <param name="Path">Where in the rules: <c>filter.all[1].equals</c>; empty for the file as a whole.</param>
/// <param name="Problem">What is wrong and what to write.</param>
public sealed record RulesMistake(long Line, string Path, string Problem)
{
    public override string ToString() => Path.Length == 0 ? $"line {Line}: {Problem}" : $"line {Line}, {Path}: {Problem}";
}

/// <summary>What a rules file says, or every mistake in it.</summary>
/// <param name="Rules">Null where there is a mistake.</param>
public sealed record RulesReading(RuleSet? Rules, IReadOnlyList<RulesMistake> Mistakes);
