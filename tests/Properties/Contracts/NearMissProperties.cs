using CsCheck;
using Pipeline.Contracts.Spelling;

namespace Pipeline.Properties.Tests.Contracts;

/// <summary>A near miss is explained, never joined: for hostile text of any kind.</summary>
public sealed class NearMissProperties
{
    private static readonly string[] Pieces =
        ["A", "a", "b", "0", "00", "1", "7", ".0", "E5", " ", "\u00A0", "\u200B", "\uFEFF", "é", "e\u0301", "\uFF21", "А", "\"", "'", "\\", "\uD83D\uDE00", "\uD83D", "\uDE00", "ß", "ﬁ", "-", "null", "\u00AD"];

    private static readonly Gen<string> Hostile = Gen.Frequency(
        (20, Gen.Int[0, Pieces.Length - 1].Select(index => Pieces[index]).Array[0, 8].Select(string.Concat)),
        (1, Gen.Int[0, Pieces.Length - 1].Select(index => string.Concat(Enumerable.Repeat(Pieces[index], 10_000 / Pieces[index].Length)))));

    [Fact]
    public void What_is_explained_differs_and_has_one_fold() =>
        Gen.Select(Hostile, Hostile).Sample(
            (asked, known) =>
            {
                if (NearMiss.Between(asked, known) is not { } rules) return;
                Assert.NotEqual(asked, known);
                Assert.NotEmpty(rules);
                Assert.Equal(Fold.Of(asked), Fold.Of(known));
            },
            iter: 10_000);

    [Fact]
    public void A_near_miss_is_one_from_either_side() =>
        Gen.Select(Hostile, Hostile).Sample((asked, known) => Assert.Equal(NearMiss.Between(asked, known), NearMiss.Between(known, asked)), iter: 10_000);

    [Fact]
    public void A_fold_is_its_own_fold() => Hostile.Sample(text => Assert.Equal(Fold.Of(text), Fold.Of(Fold.Of(text))), iter: 10_000);

    [Fact]
    public void Any_text_can_be_shown_and_is_short() => Hostile.Sample(text => Assert.True(Visible.Text(text).Length < 4000), iter: 10_000);
}
