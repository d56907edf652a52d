namespace Pipeline.Contracts.Spelling;

/// <summary>
/// One form for all spellings of a text that the rules of <see cref="NearMissRule"/> can explain, in any combination: what a
/// table is searched by. Texts of one fold are candidates only; <see cref="NearMiss"/> says whether, and why, they are near.
/// </summary>
public static class Fold
{
    private static readonly LetterFold Letters = new(NearMissRule.OfPairs);

    /// <summary>
    /// The fold of any text, half surrogate pairs included; its own fold is itself. Letters, and white space and what is not seen
    /// left out, come first: a number, or an id with its checksum, shows only then.
    /// </summary>
    public static string Of(string text)
    {
        var folded = RecordIdForms.WithoutChecksum(Letters.Of(text));
        return WrittenNumber.WithoutLeadingZeros(WrittenNumber.WithoutZeroFraction(WrittenNumber.WithoutExponent(folded)));
    }
}
