using System.Collections.Frozen;

namespace Pipeline.Contracts.Spelling;

/// <summary>
/// Letters of other scripts that look like a Latin one. Our own small selection from what Unicode Technical Standard 39 lists:
/// Cyrillic and Greek letters whose capital or small form cannot be told apart from a Latin letter's. Both forms of such a
/// letter count, so that case and look are independent of each other; digits and letters are never mixed (O and 0 stay two).
/// </summary>
internal static class Confusable
{
    private const string Latin = "ABEKMHOPCTXYSIJQWDHY" + "ABEZHIKMNOPTYXJ";
    private const string Other = "АВЕКМНОРСТХУЅІЈԚԜԀҺҮ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧͿ";

    private static readonly FrozenDictionary<int, int> Looks = Pairs().ToFrozenDictionary(pair => (int)pair.Other, pair => (int)pair.Latin);

    /// <summary>The Latin letter that it looks like, or null.</summary>
    public static int? LatinFor(int point) => point < 0x131 ? null : Looks.TryGetValue(point, out var latin) ? latin : null;

    private static IEnumerable<(char Other, char Latin)> Pairs()
    {
        foreach (var (other, latin) in Other.Zip(Latin))
        {
            yield return (other, latin);
            yield return (char.ToLowerInvariant(other), char.ToLowerInvariant(latin));
        }

        yield return ('ı', 'i'); // without its dot; it has no capital of its own
    }
}
