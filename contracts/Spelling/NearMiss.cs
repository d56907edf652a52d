namespace Pipeline.Contracts.Spelling;

/// <summary>Which rules explain that two texts are not the same. Pure, total and symmetric: it knows nothing of which of the two is right.</summary>
public static class NearMiss
{
    /// <summary>
    /// The smallest set of rules that makes the two texts equal: one rule where one suffices, else two, else a set from which
    /// none can be left out. Null where they are the same, byte for byte, or where no rules explain them.
    /// </summary>
    public static IReadOnlyList<NearMissRule>? Between(string asked, string known)
    {
        var all = NearMissRule.OfPairs;
        if (asked == known || !Explain(all, asked, known)) return null;
        return OneOrTwo().FirstOrDefault(rules => Explain(rules, asked, known)) ?? all.Aggregate(all, (needed, rule) => Without(needed, rule, asked, known));
    }

    private static IEnumerable<IReadOnlyList<NearMissRule>> OneOrTwo()
    {
        var all = NearMissRule.OfPairs;
        foreach (var rule in all) yield return [rule];
        for (var i = 0; i < all.Count; i++)
            for (var j = i + 1; j < all.Count; j++) yield return [all[i], all[j]];
    }

    private static IReadOnlyList<NearMissRule> Without(IReadOnlyList<NearMissRule> needed, NearMissRule rule, string asked, string known)
    {
        IReadOnlyList<NearMissRule> fewer = [.. needed.Where(other => other != rule)];
        return Explain(fewer, asked, known) ? fewer : needed;
    }

    private static bool Explain(IReadOnlyList<NearMissRule> rules, string asked, string known)
    {
        (asked, known) = rules.Contains(NearMissRule.CaseChecksum) ? WithoutChecksum(rules, asked, known) : (asked, known);
        var letters = new LetterFold(rules);
        return Number(rules, letters.Of(asked)) == Number(rules, letters.Of(known));
    }

    /// <summary>
    /// A checksum is checked against letters whose case is still as written, so it comes before case. It explains a long form and
    /// a short one: two long ones are compared as they are, for two with right checksums are two records.
    /// </summary>
    private static (string Asked, string Known) WithoutChecksum(IReadOnlyList<NearMissRule> rules, string asked, string known)
    {
        var letters = new LetterFold([.. rules.Where(rule => rule != NearMissRule.Case)]);
        var caseBlind = rules.Contains(NearMissRule.Case);
        var (one, other) = (letters.Of(asked), letters.Of(known));
        if (RecordIdForms.IsShort(other)) return (Short(one, other, caseBlind), other);
        return RecordIdForms.IsShort(one) ? (one, Short(other, one, caseBlind)) : (asked, known);
    }

    private static string Short(string text, string other, bool caseBlind) =>
        RecordIdForms.ShortOf(text, caseBlind) ?? (caseBlind && RecordIdForms.Extends(text, other) ? other : text);

    private static string Number(IReadOnlyList<NearMissRule> rules, string text)
    {
        if (rules.Contains(NearMissRule.Exponent)) text = WrittenNumber.WithoutExponent(text);
        if (rules.Contains(NearMissRule.TrailingZeroFraction)) text = WrittenNumber.WithoutZeroFraction(text);
        return rules.Contains(NearMissRule.LeadingZeros) ? WrittenNumber.WithoutLeadingZeros(text) : text;
    }
}
