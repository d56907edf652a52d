using CsCheck;
using Pipeline.Contracts;

namespace Pipeline.Properties.Tests.Contracts;

public sealed class StableIdProperties
{
    private static readonly Gen<string[]> Parts =
        Gen.OneOf<string>(Gen.String[Gen.OneOf('a', 'b', '\0', 'é', '\ud83d', '\ude00', '\ufffd'), 0, 4], Gen.String).Array[0, 4];

    [Fact]
    public void Lists_of_parts_have_one_id_only_if_they_are_the_same_list() =>
        Gen.Select(Parts, Parts).Sample((one, other) => (StableId.Of(one) == StableId.Of(other)) == one.SequenceEqual(other, StringComparer.Ordinal), iter: 100_000);

    [Fact]
    public void Parts_never_run_together_wherever_a_text_is_cut() => Gen.Select(Gen.String, Gen.Int[0, 1_000], Gen.Int[0, 1_000]).Sample(
        (text, here, there) =>
        {
            var (cut, otherCut) = (here % (text.Length + 1), there % (text.Length + 1));
            return (StableId.Of(text[..cut], text[cut..]) == StableId.Of(text[..otherCut], text[otherCut..])) == (cut == otherCut);
        },
        iter: 20_000);

    [Fact]
    public void Long_parts_are_no_exception() => Gen.String[Gen.Char, 300, 3_000].Sample(
        text => StableId.Of(text, "a") == StableId.Of(text, "a") && StableId.Of(text, "a") != StableId.Of(text, "b"),
        iter: 10_000);
}
